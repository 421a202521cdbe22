import { invalid } from '../../core/errors';
import type { World } from '../../core/world';
import { activeDiscounts } from '../discounts/discount';
import { claimItems, type InvoiceItemRecord, lineOfItem } from '../invoice-items/invoice-item';
import { getInvoice, type InvoiceRecord, invoices, updateInvoice } from './invoice';
import type { NewLine } from './line';
import { totalsOf } from './totals';

/** Puts items on a draft and adds it up newPeriodFields; emits invoice.updated. */
export function addItemsToDraft(
  world: World,
  invoiceId: string,
  items: readonly InvoiceItemRecord[],
): InvoiceRecord {
  const draft = editable(world, invoiceId);
  claimItems(world, items, invoiceId);
  return recount(world, draft, [...draft.lines.data, ...items.map(lineOfItem)]);
}

export function removeItemFromDraft(world: World, invoiceId: string, item: string): InvoiceRecord {
  const draft = editable(world, invoiceId);
  const left = draft.lines.data.filter((line) => itemOfLine(line) !== item);
  return recount(world, draft, left);
}

function itemOfLine({ parent }: NewLine): string | null | undefined {
  return parent?.invoice_item_details?.invoice_item ?? parent?.subscription_item_details?.invoice_item;
}

function recount(world: World, draft: InvoiceRecord, lines: readonly NewLine[]): InvoiceRecord {
  const discounts = activeDiscounts(world, draft.discounts as string[], draft.created);
  const { lines: priced, ...totals } = totalsOf(world, lines, discounts);
  const data = priced.map((line) => ({ ...line, invoice: draft.id }));
  return updateInvoice(world, draft.id, {
    ...totals,
    lines: { ...draft.lines, data, total_count: data.length },
  });
}

/** A draft, the only state in which an invoice can be edited. */
export function editable(world: World, id: string): InvoiceRecord {
  const invoice = getInvoice(world, id, 'invoice');
  if (invoice.status === 'draft') return invoice;
  throw invalid('This invoice is no longer editable.', 'invoice', 'invoice_not_editable');
}

/** Deletes a draft; its items become pending again. Emits invoice.deleted. */
export function deleteDraft(world: World, id: string, release: () => void): object {
  const invoice = getInvoice(world, id);
  if (invoice.status !== 'draft')
    throw invalid('Only draft invoices can be deleted.', 'id', 'invoice_not_editable');
  release();
  invoices(world).remove(id);
  world.journal.emit('invoice.deleted', invoice);
  return { id, object: 'invoice', deleted: true };
}
