import { previousAttributes } from '../../core/diff';
import { missingParam } from '../../core/errors';
import type { Input } from '../../http/input';
import { createdFilter, paginate } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { getInvoice, type InvoiceRecord } from '../invoices/invoice';
import { NOTHING } from '../../http/parameters';
import { createCreditNote, type CreditLine, creditNotes, getCreditNote, voidCreditNote } from './credit-note';
import * as accepts from './credit-note.parameters';

export const creditNoteResource: Resource = {
  routes: [
    { method: 'POST', path: '/credit_notes', accepts: accepts.CREATE, handle: create },
    { method: 'GET', path: '/credit_notes', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/credit_notes/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getCreditNote(world, part('id')),
    },
    { method: 'POST', path: '/credit_notes/:id', accepts: accepts.UPDATE, handle: update },
    {
      method: 'POST',
      path: '/credit_notes/:id/void',
      accepts: accepts.VOID,
      handle: ({ world, part }) => {
        const { invoice } = getCreditNote(world, part('id'));
        return voidCreditNote(world, part('id'), getInvoice(world, invoice));
      },
    },
  ],
};

const REASONS = ['duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory'] as const;

function create({ world, input }: Call): object {
  const invoice = getInvoice(world, input.requiredText('invoice'), 'invoice');
  return createCreditNote(world, {
    invoice,
    lines: readLines(input, invoice),
    refund_amount: input.integer('refund_amount') ?? 0,
    credit_amount: input.integer('credit_amount') ?? 0,
    out_of_band_amount: input.integer('out_of_band_amount') ?? 0,
    reason: input.choice('reason', REASONS) ?? null,
    memo: input.text('memo') ?? null,
    metadata: input.metadata(),
  });
}

/** Lines of their own, parts of the invoice's lines, or just an amount. */
function readLines(input: Input, invoice: InvoiceRecord): CreditLine[] {
  const amount = input.integer('amount');
  if (!input.has('lines')) {
    if (amount === undefined) throw missingParam('amount');
    return [{ amount, description: null, quantity: null }];
  }
  return input.maps('lines').map((entry) => {
    const quantity = entry.integer('quantity') ?? 1;
    const line = invoice.lines.data.find(({ id }) => id === entry.text('invoice_line_item'));
    if (line) {
      const whole = (line.amount * quantity) / (line.quantity ?? 1);
      const of = { invoice_line_item: line.id, description: line.description, quantity };
      return { ...of, amount: entry.integer('amount') ?? Math.round(whole) };
    }
    const unit = entry.integer('unit_amount');
    if (unit === undefined) throw missingParam(entry.path('unit_amount'));
    return { amount: unit * quantity, description: entry.text('description') ?? null, quantity };
  });
}

function list({ world, input }: Call): object {
  const invoice = input.text('invoice');
  const customer = input.text('customer');
  const wanted = creditNotes(world)
    .newestFirst({ invoice })
    .filter((note) => !customer || note.customer === customer)
    .filter(createdFilter(input));
  return paginate(wanted, input, '/v1/credit_notes');
}

function update({ world, input, part }: Call): object {
  const before = getCreditNote(world, part('id'));
  const after = creditNotes(world).patch(before.id, {
    metadata: input.metadata(before.metadata ?? {}),
    ...(input.has('memo') ? { memo: input.text('memo') ?? null } : {}),
  });
  world.journal.emit('credit_note.updated', after, { previous: previousAttributes(before, after) });
  return after;
}
