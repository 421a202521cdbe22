import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Billing objects of Stripe, our writes to Stripe, and their effect on access. */
export class CreatePayments1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE plans (
        price_id text NOT NULL,
        plan text NOT NULL,
        product_id text NOT NULL,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        recurring_interval text NOT NULL,
        CONSTRAINT plans_pkey PRIMARY KEY (price_id),
        CONSTRAINT plans_plan_check CHECK (plan IN ('monthly', 'yearly'))
      )`);
    await runner.query(`
      CREATE TABLE subjects (
        id text NOT NULL,
        user_id uuid,
        fence bigint NOT NULL DEFAULT 0,
        lease_owner text,
        leased_until timestamptz,
        sync_requested bigint NOT NULL DEFAULT 0,
        sync_served bigint NOT NULL DEFAULT 0,
        sync_failures integer NOT NULL DEFAULT 0,
        next_sync_at timestamptz NOT NULL DEFAULT now(),
        last_synced_at timestamptz,
        CONSTRAINT subjects_pkey PRIMARY KEY (id),
        CONSTRAINT subjects_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
      )`);
    await runner.query(
      `CREATE INDEX subjects_sync_due_idx ON subjects (next_sync_at) WHERE sync_requested > sync_served`,
    );
    await runner.query(`
      CREATE TABLE subscriptions (
        id text NOT NULL,
        customer_id text NOT NULL,
        user_id uuid NOT NULL,
        status text NOT NULL,
        grants_premium boolean NOT NULL,
        plan text,
        price_id text,
        current_period_start timestamptz NOT NULL,
        current_period_end timestamptz NOT NULL,
        trial_end timestamptz,
        cancel_at_period_end boolean NOT NULL DEFAULT false,
        cancel_at timestamptz,
        ended_at timestamptz,
        past_due_since timestamptz,
        latest_invoice_id text,
        latest_invoice_status text,
        latest_invoice_amount_due_minor bigint,
        latest_invoice_billing_reason text,
        latest_invoice_created_at timestamptz,
        fence bigint NOT NULL,
        created_at timestamptz NOT NULL,
        synced_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT subscriptions_pkey PRIMARY KEY (id),
        CONSTRAINT subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(`CREATE INDEX subscriptions_user_id_idx ON subscriptions (user_id)`);
    await runner.query(`CREATE INDEX subscriptions_customer_id_idx ON subscriptions (customer_id)`);
    await runner.query(`
      CREATE TABLE stripe_operations (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        kind text NOT NULL,
        target text NOT NULL,
        params jsonb NOT NULL,
        status text NOT NULL DEFAULT 'pending',
        result_id text,
        error_code text,
        request_id text,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CONSTRAINT stripe_operations_pkey PRIMARY KEY (id),
        CONSTRAINT stripe_operations_status_check CHECK (status IN ('pending', 'succeeded', 'failed', 'superseded')),
        CONSTRAINT stripe_operations_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    // At most one unanswered write per object: a retry finds it and repeats it under the same key.
    await runner.query(
      `CREATE UNIQUE INDEX stripe_operations_pending_key ON stripe_operations (target) WHERE status = 'pending'`,
    );
    await runner.query(`CREATE INDEX stripe_operations_user_id_idx ON stripe_operations (user_id)`);
    await runner.query(`
      CREATE TABLE checkout_sessions (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        stripe_session_id text NOT NULL,
        short_code text NOT NULL,
        customer_id text NOT NULL,
        plan text NOT NULL,
        promotion_code text,
        url text NOT NULL,
        success_url text NOT NULL,
        cancel_url text NOT NULL,
        status text NOT NULL DEFAULT 'open',
        payment_status text NOT NULL DEFAULT 'unpaid',
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        closed_at timestamptz,
        CONSTRAINT checkout_sessions_pkey PRIMARY KEY (id),
        CONSTRAINT checkout_sessions_stripe_session_id_key UNIQUE (stripe_session_id),
        CONSTRAINT checkout_sessions_short_code_key UNIQUE (short_code),
        CONSTRAINT checkout_sessions_status_check CHECK (status IN ('open', 'complete', 'expired')),
        CONSTRAINT checkout_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX checkout_sessions_one_open_per_user_key ON checkout_sessions (user_id) WHERE status = 'open'`,
    );
    await runner.query(`
      CREATE TABLE refunds (
        id text NOT NULL,
        invoice_id text NOT NULL,
        user_id uuid NOT NULL,
        amount_minor bigint NOT NULL,
        is_full boolean NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT refunds_pkey PRIMARY KEY (id),
        CONSTRAINT refunds_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(`CREATE INDEX refunds_user_id_idx ON refunds (user_id)`);
    await runner.query(`
      CREATE TABLE disputes (
        id text NOT NULL,
        invoice_id text NOT NULL,
        user_id uuid NOT NULL,
        status text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT disputes_pkey PRIMARY KEY (id),
        CONSTRAINT disputes_status_check CHECK (status IN ('open', 'won', 'lost')),
        CONSTRAINT disputes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(`CREATE INDEX disputes_user_id_idx ON disputes (user_id)`);
    await runner.query(`
      CREATE TABLE grants (
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        user_id uuid NOT NULL,
        reason text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz,
        granted_by uuid NOT NULL,
        revoked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT grants_pkey PRIMARY KEY (id),
        CONSTRAINT grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(`CREATE INDEX grants_user_id_idx ON grants (user_id)`);
    await runner.query(`
      CREATE TABLE entitlement_transitions (
        id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        user_id uuid NOT NULL,
        from_state text NOT NULL,
        to_state text NOT NULL,
        granted boolean NOT NULL,
        reason text NOT NULL,
        access_until timestamptz,
        subscription_id text,
        cause_kind text NOT NULL,
        cause_id text NOT NULL,
        business_time timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT entitlement_transitions_pkey PRIMARY KEY (id),
        CONSTRAINT entitlement_transitions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
      )`);
    await runner.query(
      `CREATE INDEX entitlement_transitions_user_id_idx ON entitlement_transitions (user_id, id)`,
    );
    await runner.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`);
    await runner.query(`
      CREATE TRIGGER entitlement_transitions_append_only BEFORE UPDATE OR DELETE ON entitlement_transitions
      FOR EACH ROW EXECUTE FUNCTION refuse_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE entitlement_transitions, grants, disputes, refunds, checkout_sessions`);
    await runner.query(`DROP TABLE stripe_operations, subscriptions, subjects, plans`);
    await runner.query(`DROP FUNCTION refuse_change()`);
  }
}
