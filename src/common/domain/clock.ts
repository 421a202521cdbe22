/**
 * Business time: what "now" means for access, schedules and mails. Injected so that the sandbox (and tests) can move it.
 * Signatures, leases and tokens never use it; they use real or database time.
 */
export abstract class Clock {
  abstract now(): Date;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
