/** Business time of one sandbox: real time plus an offset that only grows. Seconds since the epoch, UTC. */
export class Clock {
  private offsetSeconds: number;
  private pinned: number | undefined;
  /** The test clock whose time it is at the moment; null for that of the whole sandbox. */
  owner: string | null = null;

  constructor(offsetSeconds = 0) {
    this.offsetSeconds = offsetSeconds;
  }

  /** Business `now` in whole seconds. */
  now(): number {
    return this.pinned ?? this.presentNow();
  }

  /** The present of the whole sandbox, also while a job or a test clock has a time of its own. */
  presentNow(): number {
    return Math.floor(Date.now() / 1000) + this.offsetSeconds;
  }

  get offset(): number {
    return this.offsetSeconds;
  }

  /**
   * Runs `work` as if it were `instant` now, so that a job that is due in the past of an advance gets its own date.
   * With an owner it is the time of that test clock.
   */
  at<T>(instant: number, work: () => T, owner: string | null = this.owner): T {
    const before = { pinned: this.pinned, owner: this.owner };
    this.pinned = instant;
    this.owner = owner;
    try {
      return work();
    } finally {
      this.pinned = before.pinned;
      this.owner = before.owner;
    }
  }

  /** Moves business time forward; a target in the past is ignored, time never runs backwards. */
  moveTo(instant: number): void {
    const missing = instant - this.now();
    if (missing > 0) this.offsetSeconds += missing;
  }

  restore(offsetSeconds: number): void {
    this.offsetSeconds = Math.max(0, offsetSeconds);
  }
}
