import { EntitySchema } from 'typeorm';
import { entityColumns } from 'src/database/described-entity';
import {
  INVOICE_LINES,
  type InvoiceLineRecord,
} from 'src/modules/payments/access/persistence/invoice.columns';

/** What an invoice sells, for which period. */
export const InvoiceLineEntity = new EntitySchema<InvoiceLineRecord>({
  name: 'InvoiceLineEntity',
  tableName: 'invoice_lines',
  columns: entityColumns(INVOICE_LINES),
  indices: [{ name: 'invoice_lines_invoice_id_idx', columns: ['invoiceId'] }],
});
