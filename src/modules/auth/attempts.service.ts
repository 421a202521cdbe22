import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { AuthConfig, LimitsConfig } from 'src/config/app-config';
import { normaliseEmail } from 'src/modules/users';
import { attemptPolicies, type AttemptKind, type AttemptPolicy } from './domain/attempt-policies';
import { mailboxOf } from './domain/mailbox';
import { TooManyAttemptsError } from './limits.errors';
import { AttemptCountersRepository, type Counter } from './persistence/attempt-counters.repository';

/** Who tries. */
export interface AttemptSubject {
  /** What someone tries to get into, as typed: an email address, or the id of an OAuth client. */
  readonly account?: string;
  /** From `@ClientAddress()`. */
  readonly address: string;
}

/** An attempt that was let through and counts as failed until it is told otherwise. */
export interface Attempt {
  /** The right password: the attempts from here are forgotten, and this address is known to the account from now on. */
  succeed(): Promise<void>;
  /** It could not be tried, for a reason of ours: it does not count. */
  cancel(): Promise<void>;
}

/**
 * Limits with a growing delay, by account and by address, that hold across processes and restarts (docs/limits.md). An
 * attempt is counted before it is made, so that guessing in parallel gains nothing.
 */
@Injectable()
export class AttemptsService {
  private readonly policies: Readonly<Record<AttemptKind, AttemptPolicy>>;
  private readonly secret: Buffer;

  constructor(
    private readonly counters: AttemptCountersRepository,
    limits: LimitsConfig,
    { signingKeys: [key] }: AuthConfig,
  ) {
    this.policies = attemptPolicies(limits);
    // New signing keys make new counters: a rotation forgets who failed lately, and which addresses are known.
    this.secret = Buffer.from(hkdfSync('sha256', key?.d ?? '', '', 'attempt-counters', 32));
  }

  /** One statement. Throws `too_many_attempts`, after the same work whether there is such an account or not. */
  async begin(kind: AttemptKind, subject: AttemptSubject): Promise<Attempt> {
    const [pair, known] = [this.keyOf(kind, 'pair', subject), this.keyOf('known', '', subject)];
    const { admitted, waitSeconds, counted } = await this.counters.count(
      this.toCounters(kind, subject),
      known,
    );
    if (!admitted) {
      // Others were faster in the same moment: what was counted on the way to the refusal is taken back.
      if (counted.length > 0) await this.counters.release(counted);
      recordSecurityEvent('attempts_limited', { reason: kind });
      throw new TooManyAttemptsError(waitSeconds);
    }
    return {
      succeed: () => this.counters.succeed(counted, pair, known),
      cancel: () => this.counters.release(counted),
    };
  }

  private toCounters(kind: AttemptKind, subject: AttemptSubject): Counter[] {
    const { pair, alarm, recipient, address } = this.policies[kind];
    const counters: Counter[] = [];
    if (pair !== undefined) {
      const freeInAlarm = alarm === undefined ? undefined : 1;
      counters.push({ ...pair, freeInAlarm, sparesKnown: false, key: this.keyOf(kind, 'pair', subject) });
    }
    if (address !== undefined) {
      const key = this.keyOf(kind, 'address', { address: subject.address });
      counters.push({ ...address, sparesKnown: true, key });
    }
    if (recipient !== undefined) {
      const mailbox = mailboxOf(normaliseEmail(subject.account ?? ''));
      const key = this.keyOf(kind, 'recipient', { account: mailbox, address: '' });
      counters.push({ ...recipient, sparesKnown: true, key });
    }
    if (alarm !== undefined) {
      const key = this.keyOf(kind, 'account', { ...subject, address: '' });
      counters.push({ alarmAt: alarm.at, forget: alarm.forget, sparesKnown: true, key });
    }
    return counters;
  }

  private keyOf(
    kind: AttemptKind | 'known',
    what: string,
    { account = '', address }: AttemptSubject,
  ): Buffer {
    const parts = [kind, what, normaliseEmail(account), address];
    return createHmac('sha256', this.secret).update(JSON.stringify(parts)).digest();
  }
}
