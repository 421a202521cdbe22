import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The record of money. Every bound customer is synced once more, over an hour, to fill it. */
export class CreateInvoices1764000000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE invoices (
        id text NOT NULL,
        customer_id text NOT NULL,
        user_id uuid NOT NULL,
        subscription_id text,
        number text,
        status text NOT NULL,
        billing_reason text NOT NULL,
        currency text NOT NULL,
        subtotal_minor bigint NOT NULL,
        discount_minor bigint NOT NULL,
        tax_minor bigint NOT NULL,
        total_minor bigint NOT NULL,
        amount_due_minor bigint NOT NULL,
        amount_paid_minor bigint NOT NULL,
        amount_remaining_minor bigint NOT NULL,
        credited_minor bigint NOT NULL,
        period_start timestamptz NOT NULL,
        period_end timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        finalized_at timestamptz,
        paid_at timestamptz,
        due_at timestamptz,
        attempt_count integer NOT NULL,
        next_attempt_at timestamptz,
        collection_method text NOT NULL,
        auto_advance boolean NOT NULL,
        uncollectible_reason text,
        CONSTRAINT invoices_pkey PRIMARY KEY (id),
        CONSTRAINT invoices_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(`CREATE INDEX invoices_user_id_idx ON invoices (user_id)`);
    await runner.query(`CREATE INDEX invoices_customer_id_idx ON invoices (customer_id, created_at)`);
    await runner.query(`
      CREATE TABLE invoice_lines (
        id text NOT NULL,
        invoice_id text NOT NULL,
        price_id text,
        subscription_item_id text,
        period_start timestamptz NOT NULL,
        period_end timestamptz NOT NULL,
        amount_minor bigint NOT NULL,
        discount_minor bigint NOT NULL,
        proration boolean NOT NULL,
        CONSTRAINT invoice_lines_pkey PRIMARY KEY (id),
        CONSTRAINT invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX invoice_lines_invoice_id_idx ON invoice_lines (invoice_id)`);
    await this.createPayments(runner);
    await runner.query(`
      UPDATE subjects SET sync_requested = sync_requested + 1, next_sync_at = now() + random() * interval '1 hour'
      WHERE user_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE payments, invoice_lines, invoices`);
  }

  private async createPayments(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE payments (
        id text NOT NULL,
        invoice_id text NOT NULL,
        user_id uuid NOT NULL,
        payment_intent_id text,
        charge_id text,
        status text NOT NULL,
        currency text NOT NULL,
        amount_minor bigint NOT NULL,
        paid_at timestamptz,
        card_brand text,
        card_last4 text,
        fee_minor bigint,
        failure_code text,
        refunded_minor bigint NOT NULL,
        disputed boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT payments_pkey PRIMARY KEY (id),
        CONSTRAINT payments_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices (id) ON DELETE CASCADE,
        CONSTRAINT payments_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    for (const column of ['user_id', 'invoice_id', 'payment_intent_id', 'charge_id']) {
      await runner.query(`CREATE INDEX payments_${column}_idx ON payments (${column})`);
    }
  }
}
