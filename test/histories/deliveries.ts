import type Stripe from 'stripe';
import type { TestApp } from '../support/app';
import { deliver } from '../support/webhook';
import { drawOf } from './draw';

const PAGE = 100;
const AT_ONCE = 6;

/** What becomes of an event: `late` ones arrive after what happens next. */
const FATES = ['once', 'once', 'twice', 'late', 'dropped', 'dropped'] as const;

interface Named {
  readonly id?: string;
  readonly customer?: string | { readonly id: string } | null;
  readonly charge?: string | { readonly id: string } | null;
}

/** Carries events from Stripe to the webhook: some twice, some late, some never, in any order. */
export class Deliveries {
  private readonly owners = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private late: Stripe.Event[] = [];
  private newest: string | undefined;

  constructor(private readonly app: TestApp) {}

  /** What was announced since the last time. `chanceOf` gives the chance of the history of a customer. */
  async carry(chanceOf: (customer: string) => number | undefined): Promise<void> {
    const due = this.late;
    this.late = [];
    const arriving: { event: Stripe.Event; place: number }[] = [];
    for (const event of await this.read()) {
      const customer = this.ownerOf(event);
      const chance = customer === undefined ? undefined : chanceOf(customer);
      if (customer === undefined || chance === undefined) continue;
      const number = (this.counts.get(customer) ?? 0) + 1;
      this.counts.set(customer, number);
      const draw = drawOf(chance, number);
      const fate = FATES[Math.floor(draw() * FATES.length)];
      if (fate === 'late') this.late.push(event);
      for (let copy = 0; copy < (fate === 'twice' ? 2 : fate === 'once' ? 1 : 0); copy++)
        arriving.push({ event, place: draw() });
    }
    arriving.sort((a, b) => a.place - b.place);
    await this.send([...arriving.map(({ event }) => event), ...due]);
  }

  private async read(): Promise<Stripe.Event[]> {
    const { events } = this.app.stripe;
    const read: Stripe.Event[] = [];
    for (;;) {
      const after: { ending_before?: string } =
        this.newest === undefined ? {} : { ending_before: this.newest };
      const { data } = await events.list({ limit: PAGE, ...after });
      read.push(...[...data].reverse());
      this.newest = data[0]?.id ?? this.newest;
      if (data.length < PAGE || after.ending_before === undefined) return read;
    }
  }

  /** Refunds and disputes name a charge only; its own events came before. */
  private ownerOf({ data }: Stripe.Event): string | undefined {
    const object = data.object as Named & { readonly object: string };
    if (object.object === 'customer') return object.id;
    const customer = typeof object.customer === 'string' ? object.customer : object.customer?.id;
    if (customer !== undefined) {
      if (object.id !== undefined) this.owners.set(object.id, customer);
      return customer;
    }
    const charge = typeof object.charge === 'string' ? object.charge : object.charge?.id;
    return this.owners.get(charge ?? '');
  }

  private async send(events: readonly Stripe.Event[]): Promise<void> {
    const waiting = [...events];
    const carrier = async () => {
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
        const { status } = await deliver(this.app.apiUrl, JSON.stringify(event, null, 2));
        if (status !== 200) throw new Error(`the webhook answered ${status} to ${event.type}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, carrier));
  }
}
