import { z } from 'zod';
import { PAY_PATH } from 'src/modules/payments/access/domain/next-step';
import type { InvoiceList } from 'src/modules/payments/billing/invoices.service';
import type { InvoiceView } from 'src/modules/payments/domain/invoice-view';

const MOST = 50;

export const invoiceIdSchema = z.string().regex(/^in_\w{1,100}$/, 'is not an invoice id');

export const invoicesQuerySchema = z.object({
  limit: z.coerce
    .number({ error: `must be 1 to ${MOST}` })
    .int(`must be 1 to ${MOST}`)
    .min(1, `must be 1 to ${MOST}`)
    .max(MOST, `must be 1 to ${MOST}`)
    .default(10)
    .describe('Number of invoices'),
  cursor: invoiceIdSchema.optional().describe('next_cursor of the previous page'),
});
export type InvoicesQuery = z.infer<typeof invoicesQuerySchema>;

const invoiceSchema = z.object({
  id: z.string(),
  number: z.string().optional(),
  created_at: z.iso.datetime(),
  status: z.string().describe('open, paid, void or uncollectible'),
  currency: z.string(),
  total_minor: z.int(),
  paid_minor: z.int(),
  due_minor: z.int().describe('What is still owed of it'),
  due_date: z.iso.datetime().optional(),
  pdf_url: z.string().describe('A page of this site that leads to the PDF, signed in'),
  receipt_url: z.string().optional().describe('A page of this site that leads to the receipt, signed in'),
  pay_url: z.string().optional().describe('The page of this site where it is paid, signed in'),
});

export const invoicesResponseSchema = z.object({
  invoices: z.array(invoiceSchema),
  next_cursor: z.string().optional(),
  upcoming: z
    .object({ amount_minor: z.int(), currency: z.string(), charged_at: z.iso.datetime() })
    .optional()
    .describe('The next renewal, when there is one'),
});
export type InvoicesResponse = z.infer<typeof invoicesResponseSchema>;

export function toInvoicesResponse(
  { invoices, nextCursor, upcoming }: InvoiceList,
  publicUrl: string,
): InvoicesResponse {
  return {
    invoices: invoices.map((invoice) => toInvoice(invoice, publicUrl)),
    next_cursor: nextCursor,
    upcoming: upcoming && {
      amount_minor: upcoming.amountMinor,
      currency: upcoming.currency,
      charged_at: upcoming.at.toISOString(),
    },
  };
}

function toInvoice(invoice: InvoiceView, publicUrl: string): InvoicesResponse['invoices'][number] {
  const page = `${publicUrl}/account/invoices/${invoice.id}`;
  const isOwed = invoice.status === 'open' && invoice.dueMinor > 0;
  return {
    id: invoice.id,
    number: invoice.number ?? undefined,
    created_at: invoice.createdAt.toISOString(),
    status: invoice.status,
    currency: invoice.currency,
    total_minor: invoice.totalMinor,
    paid_minor: invoice.paidMinor,
    due_minor: isOwed ? invoice.dueMinor : 0,
    due_date: invoice.dueDate?.toISOString(),
    pdf_url: `${page}/pdf`,
    receipt_url: invoice.paidMinor > 0 ? `${page}/receipt` : undefined,
    pay_url: isOwed ? `${publicUrl}${PAY_PATH}` : undefined,
  };
}
