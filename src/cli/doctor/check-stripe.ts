import type { AppConfig } from 'src/config/app-config';
import { Findings, type Finding } from 'src/common/domain/finding';
import { judgeStripe, readStripeSetup, webhookUrlOf } from 'src/modules/payments';

export async function checkStripe({ http, stripe }: AppConfig): Promise<Finding[]> {
  const setup = await readStripeSetup(stripe);
  if (typeof setup !== 'string') {
    return judgeStripe(setup, { webhookUrl: webhookUrlOf(http.publicUrl), production: http.production });
  }
  const found = new Findings('Stripe');
  if (setup === 'key_refused')
    found.error(
      'refuses STRIPE_SECRET_KEY',
      'copy the key from the dashboard (Developers > API keys); a restricted key needs read access to prices',
    );
  else
    found.error(
      `does not answer at ${stripe.apiBase ?? 'https://api.stripe.com'}`,
      'check the network, https://status.stripe.com, and STRIPE_API_BASE',
    );
  return found.done('');
}
