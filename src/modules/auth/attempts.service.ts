import { createHmac, hkdfSync } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AuthConfig, LimitsConfig } from 'src/config/app-config';
import { normaliseEmail } from 'src/modules/users';
import { attemptPolicies, type AttemptKind, type AttemptPolicy } from './domain/attempt-policies';
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

const KNOWN_DAYS = 180;
const CLEANING = { everyMs: 10 * 60_000, limit: 5000 } as const;

/**
 * Limits with a growing delay, by account and by address, that hold across processes and restarts (docs/limits.md). An
 * attempt is counted before it is made, so that guessing in parallel gains nothing.
 */
@Injectable()
export class AttemptsService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(AttemptsService.name);
  private readonly policies: Readonly<Record<AttemptKind, AttemptPolicy>>;
  private readonly secret: Buffer;
  private timer: NodeJS.Timeout | undefined;

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
      throw new TooManyAttemptsError(waitSeconds);
    }
    return {
      succeed: () => this.counters.succeed(counted, pair, known),
      cancel: () => this.counters.release(counted),
    };
  }

  /** Removes old rows, a bounded number at a time. Safe to run in every process. */
  clean(): Promise<number> {
    return this.counters.clean({ knownDays: KNOWN_DAYS, limit: CLEANING.limit });
  }

  onModuleInit(): void {
    this.timer = setInterval(() => {
      this.clean().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'could not delete old attempt counters; the next run tries again');
      });
    }, CLEANING.everyMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private toCounters(kind: AttemptKind, subject: AttemptSubject): Counter[] {
    const { pair, alarm, address } = this.policies[kind];
    const counters: Counter[] = [];
    if (pair !== undefined) {
      const freeInAlarm = alarm === undefined ? undefined : 1;
      counters.push({ ...pair, freeInAlarm, sparesKnown: false, key: this.keyOf(kind, 'pair', subject) });
    }
    if (address !== undefined) {
      const key = this.keyOf(kind, 'address', { address: subject.address });
      counters.push({ ...address, sparesKnown: true, key });
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
