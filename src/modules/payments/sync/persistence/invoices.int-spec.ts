import { useTestDatabase } from '../../../../../test/support/use-test-database';
import { INVOICE_LINES, INVOICES, PAYMENTS } from '../../access/persistence/invoice.columns';
import type { InvoiceSnapshot } from '../../domain/invoice';
import { InvoicesRepository } from './invoices.repository';

const at = (day: number) => new Date(Date.UTC(2026, 2, day));

const FIRST: InvoiceSnapshot = {
  id: 'in_1',
  subscriptionId: null,
  number: null,
  status: 'draft',
  billingReason: 'subscription_create',
  currency: 'usd',
  subtotalMinor: 999,
  discountMinor: 0,
  taxMinor: 0,
  totalMinor: 999,
  amountDueMinor: 999,
  amountPaidMinor: 0,
  amountRemainingMinor: 999,
  creditedMinor: 0,
  periodStart: at(1),
  periodEnd: at(2),
  createdAt: at(10),
  finalizedAt: null,
  paidAt: null,
  dueAt: null,
  attemptCount: 0,
  nextAttemptAt: null,
  collectionMethod: 'charge_automatically',
  autoAdvance: true,
  uncollectibleReason: null,
  lines: [
    {
      id: 'il_1',
      priceId: null,
      subscriptionItemId: null,
      periodStart: at(1),
      periodEnd: at(2),
      amountMinor: 999,
      discountMinor: 0,
      proration: false,
    },
  ],
  payments: [
    {
      id: 'inpay_1',
      paymentIntentId: null,
      chargeId: null,
      status: 'open',
      amountMinor: 999,
      paidAt: null,
      cardBrand: null,
      cardLast4: null,
      feeMinor: null,
      failureCode: null,
      refundedMinor: 0,
      disputed: false,
      createdAt: at(3),
    },
  ],
};

/** Differs from the first in every property that may change. */
const SECOND: InvoiceSnapshot = {
  ...FIRST,
  subscriptionId: 'sub_1',
  number: 'A-0001',
  status: 'paid',
  billingReason: 'manual',
  currency: 'eur',
  subtotalMinor: 1200,
  discountMinor: 100,
  taxMinor: 209,
  totalMinor: 1309,
  amountDueMinor: 1309,
  amountPaidMinor: 1309,
  amountRemainingMinor: 0,
  creditedMinor: 5,
  periodStart: at(4),
  periodEnd: at(5),
  finalizedAt: at(6),
  paidAt: at(7),
  dueAt: at(8),
  attemptCount: 2,
  nextAttemptAt: at(9),
  collectionMethod: 'send_invoice',
  autoAdvance: false,
  uncollectibleReason: 'user_forgiven',
  lines: [
    {
      id: 'il_1',
      priceId: 'price_1',
      subscriptionItemId: 'si_1',
      periodStart: at(4),
      periodEnd: at(5),
      amountMinor: -3_000_000_000,
      discountMinor: 7,
      proration: true,
    },
  ],
  payments: [
    {
      id: 'inpay_1',
      paymentIntentId: 'pi_1',
      chargeId: 'ch_1',
      status: 'paid',
      amountMinor: 1309,
      paidAt: at(7),
      cardBrand: 'visa',
      cardLast4: '4242',
      feeMinor: 68,
      failureCode: 'expired_card',
      refundedMinor: 9,
      disputed: true,
      createdAt: at(3),
    },
  ],
};

describe('the record of money', () => {
  const testDatabase = useTestDatabase();
  let repository: InvoicesRepository;
  let userId: string;

  beforeEach(async () => {
    repository = new InvoicesRepository(testDatabase.database);
    await testDatabase.database.query('DELETE FROM invoices');
    const row = await testDatabase.database.queryOne<{ id: string }>(
      `INSERT INTO users (email, full_name, role) VALUES (gen_random_uuid() || '@example.test', 'Ada', 'student') RETURNING id`,
    );
    userId = row?.id ?? '';
  });

  const save = (invoices: InvoiceSnapshot[], rest: { since?: Date; charges?: object[] } = {}) =>
    repository.save({
      userId,
      customerId: 'cus_1',
      listing: { since: rest.since ?? null, invoices, charges: (rest.charges ?? []) as [] },
    });
  const read = async (table: typeof INVOICES | typeof INVOICE_LINES | typeof PAYMENTS) =>
    testDatabase.database.query(
      `SELECT ${table.select('stored')} FROM ${table.name} stored ORDER BY stored.id`,
    );
  const idsOf = async () => (await read(INVOICES)).map((row) => (row as { id: string }).id);

  it.each([
    ['first', [FIRST], FIRST],
    ['second, of another write', [FIRST, SECOND], SECOND],
  ])('reads every property as it was written: %s', async (_, writes, expected) => {
    for (const invoice of writes) await save([invoice]);

    const { lines, payments, ...properties } = expected;
    expect(await read(INVOICES)).toEqual([{ ...properties, userId, customerId: 'cus_1' }]);
    expect(await read(INVOICE_LINES)).toEqual(lines.map((line) => ({ ...line, invoiceId: 'in_1' })));
    expect(await read(PAYMENTS)).toEqual(
      payments.map((payment) => ({
        ...payment,
        invoiceId: 'in_1',
        userId,
        currency: expected.currency,
      })),
    );
  });

  it.each([
    ['InvoiceEntity', INVOICES],
    ['InvoiceLineEntity', INVOICE_LINES],
    ['PaymentEntity', PAYMENTS],
  ])('describes every column of %s', async (_, table) => {
    const rows = await testDatabase.database.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1`,
      [table.name],
    );

    expect(rows.map(({ name }) => name).sort()).toEqual(
      Object.values(table.columns)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('keeps no link to pay or to download an invoice', async () => {
    const rows = await testDatabase.database.query(
      `SELECT 1 FROM information_schema.columns
       WHERE table_name IN ('invoices', 'invoice_lines', 'payments') AND column_name ~ 'url|pdf|hosted|secret'`,
    );

    expect(rows).toEqual([]);
  });

  it('removes a line that Stripe removed', async () => {
    await save([FIRST]);
    await save([{ ...FIRST, lines: [] }]);

    expect(await read(INVOICE_LINES)).toEqual([]);
  });

  it('removes a draft that was deleted, but no invoice that was final or outside the listing', async () => {
    const draft = { ...FIRST, id: 'in_draft', lines: [], payments: [] };
    const old = { ...draft, id: 'in_old', createdAt: at(1) };
    const paid = { ...SECOND, id: 'in_paid', lines: [], payments: [] };
    await save([draft, old, paid]);
    await save([], { since: at(5) });

    expect(await idsOf()).toEqual(['in_old', 'in_paid']);
  });

  it('lists again from the oldest invoice that is not final, else from the newest', async () => {
    const invoice = (id: string, status: InvoiceSnapshot['status'], day: number) => ({
      ...FIRST,
      id,
      status,
      createdAt: at(day),
      lines: [],
      payments: [],
    });
    const since = () => repository.findUnsettledSince('cus_1');
    expect(await since()).toBeNull();

    await save([invoice('in_a', 'paid', 3), invoice('in_b', 'void', 5), invoice('in_c', 'paid', 20)]);
    expect(await since()).toEqual(at(19));
    await save([invoice('in_d', 'uncollectible', 10), invoice('in_e', 'open', 12)]);
    expect(await since()).toEqual(at(9));
  });

  it('learns of a refund, a dispute and a fee of a payment whose invoice is not listed any more', async () => {
    const [payment] = SECOND.payments;
    const settled = { ...payment, refundedMinor: 0, disputed: false, feeMinor: null } as typeof payment & {};
    await save([{ ...SECOND, payments: [settled] }]);
    const charge = { id: 'ch_1', paymentIntentId: 'pi_1', feeMinor: 59, refundedMinor: 1309, disputed: true };
    await save([], { since: at(28), charges: [charge] });

    expect(await read(PAYMENTS)).toMatchObject([{ refundedMinor: 1309, disputed: true, feeMinor: 59 }]);
  });
});
