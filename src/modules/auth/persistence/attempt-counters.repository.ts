import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

/** One counter of an attempt, with the rule that it obeys. Times are seconds. */
export interface Counter {
  readonly key: Buffer;
  /** Undefined: it only counts. */
  readonly free?: number | undefined;
  readonly freeInAlarm?: number | undefined;
  readonly firstDelay?: number | undefined;
  readonly longestDelay?: number | undefined;
  readonly forget: number;
  /** From this many on it raises the alarm. */
  readonly alarmAt?: number | undefined;
  /** Left out for an address that the account knows. */
  readonly sparesKnown: boolean;
}

export interface Verdict {
  readonly admitted: boolean;
  /** Until the next attempt is worth making; 0 when admitted. */
  readonly waitSeconds: number;
  /** The counters that went up. */
  readonly counted: readonly Buffer[];
}

interface VerdictRow {
  readonly admitted: boolean;
  readonly wait_seconds: number;
  readonly counted: Buffer[];
}

const SECONDS = (expression: string) => `make_interval(secs => ${expression})`;
const decayed = (counter: string, rule: string) =>
  `GREATEST(0, ${counter}.attempts - extract(epoch FROM clock_timestamp() - ${counter}.counted_at) / ${rule}.forget)`;

/** The columns of a row whose `n`th attempt has just been let through. Decay makes `n` a little less than whole. */
const after = (n: string) => `
  ${n}, clock_timestamp(),
  clock_timestamp() + ${SECONDS(`CASE WHEN round(${n}) >= rule.allowed
    THEN LEAST(rule.longest_delay, rule.first_delay * power(2, LEAST(round(${n}) - rule.allowed, 30))) ELSE 0 END`)},
  clock_timestamp() + ${SECONDS(`${n} * rule.forget`)}`;

// One statement, so that guesses in parallel are counted one by one under the lock of a row. Rows are locked in the
// order of `place`, here and in `release`, so that two attempts never wait for each other. `rule` sees the counters as
// they were when the statement began: anyone who is refused there counts nothing. Attempts in a race pass it together, and
// all but the allowed ones are refused by the row itself; they get fewer rows back than they asked for.
const COUNT = `
  WITH asked AS MATERIALIZED (
    SELECT place, decode(key, 'hex') AS key, free, free_in_alarm, first_delay, longest_delay, forget, alarm_at
      FROM jsonb_to_recordset($1::jsonb) AS counter(place int, key text, free float8, free_in_alarm float8,
             first_delay float8, longest_delay float8, forget float8, alarm_at float8, spares_known boolean)
     WHERE NOT (spares_known AND EXISTS (SELECT FROM auth_known_addresses WHERE key = $2))
  ), verdict AS MATERIALIZED (
    SELECT max(counter.blocked_until) FILTER (WHERE counter.blocked_until > clock_timestamp()) AS blocked_until,
           COALESCE(bool_or(round(${decayed('counter', 'asked')}) >= asked.alarm_at), false) AS alarm
      FROM asked LEFT JOIN auth_attempt_counters counter USING (key)
  ), rule AS MATERIALIZED (
    SELECT asked.*, CASE WHEN alarm THEN LEAST(free, free_in_alarm) ELSE free END AS allowed
      FROM asked, verdict WHERE verdict.blocked_until IS NULL
  ), counted AS (
    INSERT INTO auth_attempt_counters AS counter (key, attempts, counted_at, blocked_until, expires_at)
    SELECT key, ${after('1')} FROM rule ORDER BY place
    ON CONFLICT ON CONSTRAINT auth_attempt_counters_pkey DO UPDATE
       SET (attempts, counted_at, blocked_until, expires_at) = (
         SELECT ${after('next.attempt')}
           FROM rule, LATERAL (SELECT ${decayed('counter', 'rule')} + 1 AS attempt) next WHERE rule.key = counter.key)
     WHERE counter.blocked_until <= clock_timestamp()
    RETURNING counter.key
  )
  SELECT (SELECT count(*) FROM counted) = (SELECT count(*) FROM asked) AS admitted,
         COALESCE(ceil(extract(epoch FROM (SELECT blocked_until FROM verdict) - clock_timestamp())), 1)::int AS wait_seconds,
         ARRAY(SELECT key FROM counted) AS counted`;

const locked = (keys: string) => `
  SELECT key FROM auth_attempt_counters WHERE key = ANY(${keys}) ORDER BY array_position(${keys}, key) FOR UPDATE`;

/** Counters of attempts. All times are the database's, so processes and restarts do not matter. */
@Injectable()
export class AttemptCountersRepository {
  constructor(private readonly database: Database) {}

  /** Counts an attempt everywhere, or refuses it. `counters` come in an order that is the same for all attempts. */
  async count(counters: readonly Counter[], known: Buffer): Promise<Verdict> {
    const row = await this.database.queryOne<VerdictRow>(COUNT, [
      JSON.stringify(counters.map(toJson)),
      known,
    ]);
    if (row === undefined) throw new Error('SELECT without FROM returned no row');
    const { admitted, wait_seconds: wait, counted } = row;
    return { admitted, waitSeconds: admitted ? 0 : Math.max(1, wait), counted };
  }

  /** Takes one attempt back from each counter; `keys` in the order in which they were counted. */
  async release(keys: readonly Buffer[]): Promise<void> {
    await this.database.query(
      `UPDATE auth_attempt_counters
          SET attempts = GREATEST(0, attempts - 1), blocked_until = LEAST(blocked_until, clock_timestamp())
        WHERE key IN (${locked('$1::bytea[]')})`,
      [keys],
    );
  }

  /** Like `release`, and empties the counter of the pair and remembers its address, in one statement. */
  async succeed(keys: readonly Buffer[], pair: Buffer, known: Buffer): Promise<void> {
    await this.database.query(
      `WITH remembered AS (
         INSERT INTO auth_known_addresses (key, seen_at) VALUES ($3, clock_timestamp())
         ON CONFLICT ON CONSTRAINT auth_known_addresses_pkey DO UPDATE SET seen_at = excluded.seen_at
       )
       UPDATE auth_attempt_counters
          SET attempts = CASE WHEN key = $2 THEN 0 ELSE GREATEST(0, attempts - 1) END,
              blocked_until = LEAST(blocked_until, clock_timestamp())
        WHERE key IN (${locked('$1::bytea[]')})`,
      [keys, pair, known],
    );
  }
}

const toJson = (counter: Counter, place: number) => ({
  place,
  key: counter.key.toString('hex'),
  free: counter.free,
  free_in_alarm: counter.freeInAlarm ?? counter.free,
  first_delay: counter.firstDelay,
  longest_delay: counter.longestDelay,
  forget: counter.forget,
  alarm_at: counter.alarmAt,
  spares_known: counter.sparesKnown,
});
