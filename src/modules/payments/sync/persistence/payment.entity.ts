import { EntitySchema } from 'typeorm';
import { entityColumns } from 'src/database/described-entity';
import { PAYMENTS, type PaymentRecord } from 'src/modules/payments/access/persistence/invoice.columns';

/** What was paid, or tried, towards an invoice. */
export const PaymentEntity = new EntitySchema<PaymentRecord>({
  name: 'PaymentEntity',
  tableName: 'payments',
  columns: entityColumns(PAYMENTS),
  indices: [
    { name: 'payments_user_id_idx', columns: ['userId'] },
    { name: 'payments_invoice_id_idx', columns: ['invoiceId'] },
    { name: 'payments_payment_intent_id_idx', columns: ['paymentIntentId'] },
    { name: 'payments_charge_id_idx', columns: ['chargeId'] },
    { name: 'payments_card_last4_idx', columns: ['cardLast4', 'createdAt'] },
  ],
});
