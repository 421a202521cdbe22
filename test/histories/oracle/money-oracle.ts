import type Stripe from 'stripe';
import { chargesOf, moneyOf, nameOf, type Truth } from './truth';

/** One invoice as the record of money should have it. Amounts are minor units. */
export interface RecordedInvoice {
  readonly id: string;
  readonly status: string | null;
  readonly number: string | null;
  readonly total: number;
  readonly paid: number;
  readonly remaining: number;
  readonly lines: number;
  readonly payments: readonly string[];
  readonly refunds: readonly string[];
  readonly disputes: readonly string[];
}

/** What the record of money of one customer should say, from Stripe's objects alone, by id. */
export function recordOf(truth: Truth): RecordedInvoice[] {
  return truth.invoices
    .map((invoice) => {
      const charges = chargesOf(invoice, truth);
      const ids = charges.map(({ id }) => id);
      const { collected, returned } = moneyOf(invoice, truth);
      const isFull = collected > 0 && returned >= collected;
      return {
        id: invoice.id,
        status: invoice.status,
        number: invoice.number,
        total: invoice.total,
        paid: invoice.amount_paid,
        remaining: invoice.amount_remaining,
        lines: invoice.lines.data.reduce((sum, { amount }) => sum + amount, 0),
        payments: (invoice.payments?.data ?? []).map((payment) => paymentOf(payment, charges)).sort(),
        refunds: truth.refunds
          .filter(({ charge }) => ids.includes(nameOf(charge)))
          .map(({ id, status, amount }) => `${id} ${status} ${amount} ${isFull && status === 'succeeded'}`)
          .sort(),
        disputes: truth.disputes
          .filter(({ charge }) => ids.includes(nameOf(charge)))
          .map(({ id, status }) => `${id} ${disputeStatusOf(status)}`)
          .sort(),
      };
    })
    .sort((a, b) => a.id.localeCompare(b.id));
}

function paymentOf(payment: Stripe.InvoicePayment, charges: readonly Stripe.Charge[]): string {
  const own = charges.filter(
    ({ payment_intent: intent }) => nameOf(intent) === nameOf(payment.payment.payment_intent),
  );
  const charge = own.find(({ status }) => status === 'succeeded') ?? own[0];
  const amount = payment.amount_paid ?? payment.amount_requested;
  const isDisputed = charge?.disputed ?? false;
  return `${payment.id} ${payment.status} ${amount} -${charge?.amount_refunded ?? 0} ${isDisputed} ${charge?.failure_code ?? ''}`;
}

function disputeStatusOf(status: Stripe.Dispute.Status): string {
  if (status.startsWith('warning_')) return 'inquiry';
  return status === 'won' || status === 'lost' || status === 'prevented' ? status : 'open';
}

/** What came in and went out in each month, over all customers. */
export function totalsOf(all: readonly Truth[]): Map<string, { gross: number; refunded: number }> {
  const months = new Map<string, { gross: number; refunded: number }>();
  const add = (at: number, change: { gross?: number; refunded?: number }) => {
    const month = new Date(at * 1000).toISOString().slice(0, 7);
    const { gross, refunded } = months.get(month) ?? { gross: 0, refunded: 0 };
    months.set(month, {
      gross: gross + (change.gross ?? 0),
      refunded: refunded + (change.refunded ?? 0),
    });
  };
  const payments = all.flatMap(({ invoices }) => invoices.flatMap((one) => one.payments?.data ?? []));
  for (const { status, amount_paid: amount, status_transitions: moments } of payments)
    if (status === 'paid') add(moments.paid_at ?? 0, { gross: amount ?? 0 });
  for (const { status, amount, created } of all.flatMap(({ refunds }) => refunds))
    if (status === 'succeeded') add(created, { refunded: amount });
  return months;
}
