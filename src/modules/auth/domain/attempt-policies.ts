/** How one counter answers. Times are seconds. */
export interface CounterRule {
  /** This many attempts need not wait. */
  readonly free: number;
  /** The wait after the last free attempt; it doubles with each further one, */
  readonly firstDelay: number;
  /** up to this. */
  readonly longestDelay: number;
  /** One attempt is forgotten in this time. */
  readonly forget: number;
}

/** Counts an account over all addresses that it does not know, and delays nobody by itself. */
export interface AlarmRule {
  /** From this many on, every such address has one free attempt for the account. */
  readonly at: number;
  readonly forget: number;
}

/**
 * What is counted. No rule keeps the owner of an account out because of what others do elsewhere: `pair` counts one account
 * from one address, `alarm` only shortens what is free there, and an address from which the account has been signed in
 * to is spared `alarm`, `recipient` and `address`. docs/limits.md says why each number is what it is.
 */
export interface AttemptPolicy {
  /** One account from one address. */
  readonly pair?: CounterRule;
  readonly alarm?: AlarmRule;
  /** One account over all addresses that it does not know. Only for email: what it costs is the account's mailbox. */
  readonly recipient?: CounterRule;
  /** One address over all accounts. */
  readonly address?: CounterRule;
}

export type AttemptKind = 'sign_in' | 'registration' | 'email' | 'oauth_client' | 'authorization';

/** What an operator may change of it. */
export interface AttemptLimits {
  readonly signInFreeFailures: number;
  readonly signInFreeFailuresPerAddress: number;
  readonly signInAlarmFailures: number;
  readonly registrationsPerAddress: number;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;

// Emails cost a third party: the person whose mailbox they land in. All kinds count together, so that nobody gets more by
// asking for another kind. Each registration of a class sends one.
const email = ({ registrationsPerAddress }: AttemptLimits): AttemptPolicy => ({
  pair: { free: 3, firstDelay: MINUTE, longestDelay: HOUR, forget: 20 * MINUTE },
  recipient: { free: 5, firstDelay: MINUTE, longestDelay: HOUR, forget: 30 * MINUTE },
  address: {
    free: registrationsPerAddress + 10,
    firstDelay: 10,
    longestDelay: 5 * MINUTE,
    forget: 2 * MINUTE,
  },
});

export const attemptPolicies = (limits: AttemptLimits): Readonly<Record<AttemptKind, AttemptPolicy>> => ({
  sign_in: {
    pair: { free: limits.signInFreeFailures, firstDelay: 2, longestDelay: 15 * MINUTE, forget: 30 * MINUTE },
    alarm: { at: limits.signInAlarmFailures, forget: 5 * MINUTE },
    // A school or an office is one address: there the wait stays short.
    address: {
      free: limits.signInFreeFailuresPerAddress,
      firstDelay: 2,
      longestDelay: MINUTE,
      forget: MINUTE,
    },
  },
  registration: {
    address: {
      free: limits.registrationsPerAddress,
      firstDelay: 10,
      longestDelay: 5 * MINUTE,
      forget: 2 * MINUTE,
    },
  },
  email: email(limits),
  // A request is stored for an hour. A class that connects at the same time needs one or two each.
  authorization: { address: { free: 200, firstDelay: 5, longestDelay: MINUTE, forget: 5 } },
  // Counts wrong secrets only. A secret has 256 bits: this keeps the noise down, and never stops the client itself.
  oauth_client: { pair: { free: 20, firstDelay: 1, longestDelay: MINUTE, forget: 30 } },
});
