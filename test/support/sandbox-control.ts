import type Stripe from 'stripe';
import { send } from './http';

/** The sandbox's own levers; see packages/stripe-sandbox/README.md. */
export class SandboxControl {
  constructor(private readonly url: string) {}

  async pauseDeliveries(): Promise<void> {
    await this.post('/sandbox/deliveries/pause');
  }

  async resumeDeliveries(): Promise<void> {
    await this.post('/sandbox/deliveries/resume');
  }

  async faults(faults: unknown): Promise<void> {
    await this.post('/sandbox/faults', faults);
  }

  async advanceDays(days: number): Promise<void> {
    await this.post('/sandbox/clock', { advance_seconds: Math.round(days * 86_400) });
  }

  /** Stripe's time now. The application follows it with a delay, so a test must not take its clock for this. */
  async now(): Promise<Date> {
    const { body } = await send('GET', `${this.url}/sandbox/clock`);
    return new Date(Date.now() + Number(body['offset_seconds']) * 1000);
  }

  async settle(sessionId: string, outcome: 'succeeded' | 'failed'): Promise<void> {
    await this.post(`/sandbox/checkout_sessions/${sessionId}/settle`, { outcome });
  }

  private async post(path: string, body: unknown = {}): Promise<void> {
    const answer = await send('POST', `${this.url}${path}`, { body });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  }
}

/** Everything that Stripe announced about this customer so far, oldest first. */
export async function eventsOf(stripe: Stripe, customerId: string): Promise<Stripe.Event[]> {
  const all = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  return all
    .filter(({ data }) => {
      const object = data.object as { id?: string; customer?: string | { id: string } | null };
      const customer = typeof object.customer === 'object' ? object.customer?.id : object.customer;
      return customer === customerId || object.id === customerId;
    })
    .reverse();
}
