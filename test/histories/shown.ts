import type { TestApp } from '../support/app';
import type { Student } from '../support/student';
import type { RecordedInvoice } from './oracle/money-oracle';

/** What the product says to a student about access. Times in seconds. */
export interface ShownAccess {
  readonly granted: boolean;
  readonly state: string;
  readonly reason: string;
  readonly until: number | null;
  /** The two operations say the same. */
  readonly agrees: boolean;
}

const secondsOf = (text: unknown): number | null =>
  typeof text === 'string' ? Math.round(Date.parse(text) / 1000) : null;

export async function readAccess(student: Student): Promise<ShownAccess> {
  const access = (await student.get('/payments/access')).body;
  const status = (await student.status()).body;
  return {
    granted: access['granted'] === true,
    state: String(access['state']),
    reason: String(access['reason']),
    until: secondsOf(access['until']),
    agrees:
      access['granted'] === status['is_premium'] &&
      access['state'] === status['state'] &&
      access['until'] === status['access_until'],
  };
}

/** The invoices that the student sees, drafts excluded: status and amounts by id. */
export async function readInvoices(student: Student): Promise<Map<string, string>> {
  const { body } = await student.get('/payments/invoices?limit=50');
  const invoices = body['invoices'] as Record<string, unknown>[];
  return new Map(
    invoices.map((one) => [
      String(one['id']),
      [one['status'], one['total_minor'], one['paid_minor'], one['due_minor']].join(' '),
    ]),
  );
}

/** The record of money of these students, by the student's id: what operators, revenue and refunds read. */
export async function readRecords(
  app: TestApp,
  students: readonly string[],
): Promise<Map<string, RecordedInvoice[]>> {
  const rows = await app.sql<RecordedInvoice & { user: string }>(
    `SELECT i.user_id AS "user", i.id, i.status, i.number, i.total_minor::int AS total,
       i.amount_paid_minor::int AS paid, i.amount_remaining_minor::int AS remaining,
       (SELECT coalesce(sum(amount_minor), 0)::int FROM invoice_lines WHERE invoice_id = i.id) AS lines,
       ARRAY(SELECT concat(id, ' ', status, ' ', amount_minor, ' -', refunded_minor, ' ',
               CASE WHEN disputed THEN 'true' ELSE 'false' END, ' ', failure_code)
             FROM payments WHERE invoice_id = i.id ORDER BY id) AS payments,
       ARRAY(SELECT concat(id, ' ', status, ' ', amount_minor, ' ', CASE WHEN is_full THEN 'true' ELSE 'false' END)
             FROM refunds WHERE invoice_id = i.id ORDER BY id) AS refunds,
       ARRAY(SELECT concat(id, ' ', status) FROM disputes WHERE invoice_id = i.id ORDER BY id) AS disputes
     FROM invoices i WHERE i.user_id = ANY($1)`,
    [students],
  );
  const records = new Map<string, RecordedInvoice[]>();
  for (const { user, ...row } of rows) {
    const one = { ...row, payments: [...row.payments].sort(), refunds: [...row.refunds].sort() };
    records.set(user, [...(records.get(user) ?? []), { ...one, disputes: [...row.disputes].sort() }]);
  }
  for (const record of records.values()) record.sort((a, b) => a.id.localeCompare(b.id));
  return records;
}
