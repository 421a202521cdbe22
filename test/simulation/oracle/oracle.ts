import type { Operator } from '../world/operator';
import type { Student } from '../world/student';
import type { Access } from '../world/wiring';
import type { World } from '../world/world';
import { hasPaidAccess } from './access-oracle';
import { STORED_VERSIONS, Versions, type StoredVersion } from './versions';

interface EventRow {
  readonly event_id: string;
  readonly status: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly seconds: number | null;
}

interface TransitionRow {
  readonly user_id: string;
  readonly from_state: string;
  readonly to_state: string;
  readonly reason: string;
  readonly granted: boolean;
  readonly cause: string;
}

/** How long an event may take when nothing at all goes wrong: a request that holds the customer, and a poll. */
const CALM_SECONDS = 6;
/** How long the quickest one may take: a request may hold the customer of one event, but not of each. */
const PROMPT_SECONDS = 1.5;

/** Checks what must hold at each commit, and at rest. */
export class Oracle {
  private readonly versions: Versions;
  /** When each student had paid access, by Stripe's objects: [from, to) in simulated time. */
  private readonly everPaid = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly students: readonly Student[],
    private readonly operator: Operator,
  ) {
    this.versions = new Versions(world.stripeModel);
    world.onStripeChange = () => this.noteChange();
    world.onCommit = (statements) => this.checkCommit(statements);
  }

  /** Everything that must hold once all troubles are over and all work is done. */
  async checkAtRest(read: (student: Student) => Promise<Access>): Promise<void> {
    await this.checkInbox();
    await this.checkTransitions();
    await this.checkMails();
    await this.checkMoney();
    for (const student of this.students) await this.checkAccess(student, await read(student));
    this.checkPrivacy();
  }

  /** A row is dead only when its own failures used up its attempts; an operator then replays it. */
  async checkDead(): Promise<void> {
    const dead = await this.world.postgres.observe<EventRow>(
      `SELECT event_id, status, attempts, last_error FROM webhook_events WHERE status = 'dead'`,
    );
    const { maxAttempts, stripe } = this.world.profile;
    for (const { event_id, attempts, last_error } of dead) {
      if (stripe.garbled > 0 && attempts + 1 >= maxAttempts) continue;
      this.world.violate(
        'I6',
        `${event_id} is dead after ${attempts} attempts: ${last_error ?? 'no reason'}`,
      );
    }
  }

  private noteChange(): void {
    const { stripeModel, businessMs } = this.world;
    this.versions.note();
    for (const { userId } of this.students) {
      if (hasPaidAccess(stripeModel, userId, Math.floor(businessMs / 1000))) this.everPaid.add(userId);
    }
  }

  private async checkCommit(statements: readonly string[]): Promise<void> {
    if (!statements.some((text) => /INTO subscriptions|UPDATE subscriptions/.test(text))) return;
    const stored = await this.world.postgres.observe<StoredVersion>(STORED_VERSIONS);
    const fault = this.versions.findFault(stored);
    if (fault !== undefined) this.world.violate('I10', fault);
  }

  private async checkInbox(): Promise<void> {
    const rows = await this.world.postgres.observe<EventRow>(
      `SELECT event_id, status, attempts, last_error,
         extract(epoch FROM processed_at - received_at)::float8 AS seconds FROM webhook_events ORDER BY id`,
    );
    const { world } = this;
    const stored = new Map(rows.map((row) => [row.event_id, row]));
    for (const id of world.deliveries.acknowledged) {
      if (!stored.has(id)) world.violate('I1', `${id} was acknowledged and is not stored`);
    }
    for (const { event_id, status, attempts, last_error } of rows) {
      if (status === 'pending')
        world.violate('I6', `${event_id} is still pending: ${last_error ?? 'no error'}`);
      if (attempts > 0 && world.profile.stripe.garbled === 0)
        world.violate(
          'I9',
          `${event_id} used up an attempt although nothing was wrong with it: ${last_error ?? ''}`,
        );
    }
    if (world.profile.isCalm) this.checkSpeed(rows);
    const [ignored] = world.redis.ignoredIds;
    if (ignored !== undefined)
      world.violate('I6', `a hint had the id of an earlier one, ${ignored}, and was ignored`);
  }

  private checkSpeed(rows: readonly EventRow[]): void {
    for (const { event_id, seconds } of rows) {
      if ((seconds ?? 0) > CALM_SECONDS)
        this.world.violate('I6', `${event_id} took ${seconds} s although nothing went wrong`);
    }
    const quickest = Math.min(...rows.map(({ seconds }) => seconds ?? Infinity));
    if (quickest > PROMPT_SECONDS && rows.length > 2)
      this.world.violate('I6', `no event took less than ${quickest} s although nothing went wrong`);
  }

  private async checkTransitions(): Promise<void> {
    const rows = await this.world.postgres.observe<TransitionRow>(
      `SELECT user_id, from_state, to_state, reason, granted, cause_kind || ' ' || cause_id AS cause
       FROM entitlement_transitions ORDER BY id`,
    );
    const last = new Map<string, TransitionRow>();
    for (const row of rows) {
      const previous = last.get(row.user_id);
      if (row.from_state !== (previous?.to_state ?? 'none'))
        this.world.violate(
          'I7',
          `a transition starts from ${row.from_state}, but ${previous?.to_state ?? 'none'} was the state`,
        );
      if (previous !== undefined && isSame(previous, row))
        this.world.violate('I2', `the change to ${row.to_state} (${row.reason}) was recorded twice`);
      last.set(row.user_id, row);
    }
    const byCause = new Map<string, number>();
    for (const { user_id, cause } of rows.filter((row) => row.cause.startsWith('webhook '))) {
      const count = (byCause.get(`${user_id} ${cause}`) ?? 0) + 1;
      byCause.set(`${user_id} ${cause}`, count);
      if (count > 1) this.world.violate('I2', `${cause} changed the access of one student ${count} times`);
    }
  }

  private async checkMails(): Promise<void> {
    const { world } = this;
    const rows = await world.postgres.observe<{ key: string }>(
      `SELECT key FROM outbox WHERE status = 'pending'`,
    );
    for (const { key } of rows) world.violate('I6', `the mail ${key} still waits`);
    const sent = new Set(world.mails.sent.map(({ subject }) => subject));
    for (const subject of this.operator.promised) {
      if (!sent.has(subject)) world.violate('I2', `"${subject}" was promised and never sent`);
    }
    for (const subject of this.operator.withdrawn) {
      if (sent.has(subject))
        world.violate('I2', `"${subject}" was sent although its transaction was rolled back`);
    }
  }

  /** Nobody pays twice through us. */
  private async checkMoney(): Promise<void> {
    const { stripeModel: model } = this.world;
    const pending = await this.world.postgres.observe<{ target: string }>(
      `SELECT target FROM stripe_operations WHERE status = 'pending'`,
    );
    for (const { userId, name } of this.students) {
      const live = [...model.subscriptions.values()].filter(
        ({ customer, status, isOfCheckout }) =>
          isOfCheckout &&
          !['canceled', 'incomplete_expired'].includes(status) &&
          model.customers.get(customer)?.metadata['user_id'] === userId,
      );
      const open = [...model.sessions.values()].filter(
        (session) => session.status === 'open' && session.client_reference_id === userId,
      );
      // One whose creation was not answered is known only to the operation that will be repeated.
      const unknown = pending.some(({ target }) => target === `checkout:${userId}`) ? 1 : 0;
      if (open.length > 1 + unknown && this.world.profile.stripe.brokenAfterwards === 0)
        this.world.violate('I5', `${name} could pay ${open.map(({ id }) => id).join(' and ')}`);
      if (live.length > 1)
        this.world.violate('I5', `${name} pays for ${live.map(({ id }) => id).join(' and ')}`);
    }
  }

  private async checkAccess({ userId, name, readings }: Student, access: Access): Promise<void> {
    const { world } = this;
    const grants = await world.postgres.observe<{ runs: boolean; ever: boolean }>(
      `SELECT coalesce(bool_or(revoked_at IS NULL AND starts_at <= $2 AND (ends_at IS NULL OR ends_at > $2)), false) AS runs,
         count(*) > 0 AS ever FROM grants WHERE user_id = $1`,
      [userId, new Date(world.businessMs)],
    );
    const { runs = false, ever = false } = grants[0] ?? {};
    const expected = runs || hasPaidAccess(world.stripeModel, userId, Math.floor(world.businessMs / 1000));
    if (access.granted !== expected)
      world.violate(
        'I3',
        `${name} ${expected ? 'has paid and is locked out' : 'has access without having paid'} (${access.state}, ${access.reason})`,
      );
    if (!ever && !this.everPaid.has(userId) && readings.some(({ granted }) => granted))
      world.violate('I4', `${name} was let in without ever having paid`);
  }

  /** Redis is readable by many: ids only. */
  private checkPrivacy(): void {
    const leak = this.world.jobData
      .map((data) => JSON.stringify(data))
      .find((text) => /@|whsec_|sk_test/.test(text));
    if (leak !== undefined) this.world.violate('I8', `a job holds personal data: ${leak}`);
  }
}

const isSame = (a: TransitionRow, b: TransitionRow): boolean =>
  a.to_state === b.to_state && a.reason === b.reason && a.granted === b.granted;
