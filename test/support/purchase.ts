import type Stripe from 'stripe';
import { pay, Student } from './student';
import { eventually } from './wait';

/** What a student bought, by the ids that Stripe gave it. */
export interface Purchase {
  readonly student: Student;
  readonly sessionId: string;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly invoiceId: string;
}

export interface PurchaseOptions {
  /** Default: a student who registers for it. */
  readonly student?: Student;
  /** A test token of Stripe. Default: a card that always pays. */
  readonly card?: string;
  /** The body of createCheckoutSession. */
  readonly checkout?: unknown;
}

/** Where a student can buy: a running API and the Stripe that it talks to. */
interface Shop {
  readonly apiUrl: string;
  readonly stripe: Stripe;
}

/** Buys premium as a student does. Returns when Stripe has answered, not when webhooks have arrived. */
export async function buy(
  { apiUrl, stripe }: Shop,
  { student, card, checkout }: PurchaseOptions = {},
): Promise<Purchase> {
  const buyer = student ?? (await Student.register(apiUrl));
  const { sessionId } = await buyer.checkout(checkout);
  await pay(stripe, sessionId, card);
  const session = await stripe.checkout.sessions.retrieve(sessionId);
  return {
    student: buyer,
    sessionId,
    customerId: String(session.customer),
    subscriptionId: String(session.subscription),
    invoiceId: String(session.invoice),
  };
}

/** Buys, and waits until the student is premium. */
export async function becomePremium(shop: Shop, options?: PurchaseOptions): Promise<Purchase> {
  const purchase = await buy(shop, options);
  await untilPremium(purchase.student);
  return purchase;
}

/** Waits until the status says so. */
export function untilPremium(student: Student, premium = true): Promise<void> {
  return eventually(async () => expect(await student.isPremium()).toBe(premium), { timeoutMs: 15_000 });
}
