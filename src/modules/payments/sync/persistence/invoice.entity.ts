import { EntitySchema } from 'typeorm';
import { entityColumns } from 'src/database/described-entity';
import { INVOICES, type InvoiceRecord } from 'src/modules/payments/access/persistence/invoice.columns';

/** What Stripe billed. Never edited by hand. */
export const InvoiceEntity = new EntitySchema<InvoiceRecord>({
  name: 'InvoiceEntity',
  tableName: 'invoices',
  columns: entityColumns(INVOICES),
  indices: [
    { name: 'invoices_user_id_idx', columns: ['userId'] },
    { name: 'invoices_customer_id_idx', columns: ['customerId', 'createdAt'] },
  ],
});
