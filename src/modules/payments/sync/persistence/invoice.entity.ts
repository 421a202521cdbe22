import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { DescribedTable } from 'src/database/described-table';
import { INVOICE_LINES, INVOICES, PAYMENTS } from 'src/modules/payments/access/persistence/invoice.columns';

interface Index<T> {
  readonly name: string;
  readonly columns: (keyof T & string)[];
}

function entityOf<T extends { readonly id: string }>(
  name: string,
  table: DescribedTable<T>,
  indices: Index<T>[],
): EntitySchema<T> {
  const columns = Object.fromEntries(
    Object.entries<DescribedTable<T>['columns'][keyof T]>(table.columns).map(
      ([property, { fixed: _, ...column }]) => [property, column],
    ),
  ) as Record<keyof T & string, EntitySchemaColumnOptions>;
  const id = { ...columns.id, primary: true, primaryKeyConstraintName: `${table.name}_pkey` };
  return new EntitySchema<T>({ name, tableName: table.name, columns: { ...columns, id }, indices });
}

/** The record of money: what Stripe billed, for which periods, and what was paid. Never edited by hand. */
export const InvoiceEntity = entityOf('InvoiceEntity', INVOICES, [
  { name: 'invoices_user_id_idx', columns: ['userId'] },
  { name: 'invoices_customer_id_idx', columns: ['customerId', 'createdAt'] },
]);

export const InvoiceLineEntity = entityOf('InvoiceLineEntity', INVOICE_LINES, [
  { name: 'invoice_lines_invoice_id_idx', columns: ['invoiceId'] },
]);

export const PaymentEntity = entityOf('PaymentEntity', PAYMENTS, [
  { name: 'payments_user_id_idx', columns: ['userId'] },
  { name: 'payments_invoice_id_idx', columns: ['invoiceId'] },
  { name: 'payments_payment_intent_id_idx', columns: ['paymentIntentId'] },
  { name: 'payments_charge_id_idx', columns: ['chargeId'] },
]);
