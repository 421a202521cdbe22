import { parseArgs } from 'node:util';
import { startOrExit } from 'src/common/process/start-or-exit';
import { loadStripeSetupEnv } from 'src/config/stripe-setup-env';
import { reportOf, setUpStripeAccount, type AccountPlan } from 'src/modules/payments';

/**
 * `npm run stripe:setup`: makes product, prices, portal configuration and webhook endpoint in the account of
 * STRIPE_SECRET_KEY, and prints the lines for the environment. Safe to run again: it changes only what differs.
 */
startOrExit('stripe:setup', async () => {
  const env = loadStripeSetupEnv();
  const setup = await setUpStripeAccount(env, {
    ...readPlan(process.argv.slice(2)),
    publicUrl: env.publicUrl,
  });
  process.stdout.write(`${reportOf(setup)}\n`);
});

function readPlan(args: string[]): Omit<AccountPlan, 'publicUrl'> {
  const { values } = parseArgs({
    args,
    options: {
      name: { type: 'string', default: 'Course Companion Premium' },
      currency: { type: 'string', default: 'usd' },
      monthly: { type: 'string', default: '999' },
      yearly: { type: 'string', default: '9599' },
      tax: { type: 'string', default: 'unspecified' },
    },
  });
  const tax = (['inclusive', 'exclusive', 'unspecified'] as const).find((known) => known === values.tax);
  if (tax === undefined) throw new Error('--tax must be inclusive, exclusive or unspecified');
  if (!/^[a-z]{3}$/.test(values.currency)) throw new Error('--currency must be a code such as usd');
  return {
    productName: values.name,
    currency: values.currency,
    monthlyMinor: readAmount('--monthly', values.monthly),
    yearlyMinor: readAmount('--yearly', values.yearly),
    taxBehavior: tax,
  };
}

function readAmount(option: string, text: string): number {
  const amount = Number(text);
  if (Number.isInteger(amount) && amount > 0) return amount;
  throw new Error(`${option} must be an amount in the smallest unit: 999 is 9.99`);
}
