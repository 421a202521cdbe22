/**
 * Business time: "now" for access, schedules and emails. It is injected so that the sandbox and tests can move it.
 * Signatures, leases and tokens use real or database time instead.
 */
export abstract class Clock {
  abstract now(): Date;
}

/** The system clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
