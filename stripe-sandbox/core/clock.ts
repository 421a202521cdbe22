/** Business time of one sandbox: real time plus an offset that only grows. Seconds since the epoch, UTC. */
export class Clock {
  private offsetSeconds: number;
  private pinned: number | undefined;

  constructor(offsetSeconds = 0) {
    this.offsetSeconds = offsetSeconds;
  }

  /** Business `now` in whole seconds. */
  now(): number {
    return this.pinned ?? Math.floor(Date.now() / 1000) + this.offsetSeconds;
  }

  get offset(): number {
    return this.offsetSeconds;
  }

  /**
   * Runs `work` as if it were `instant` now, so that a job that is due in the past of an advance gets its own date.
   */
  at<T>(instant: number, work: () => T): T {
    const before = this.pinned;
    this.pinned = instant;
    try {
      return work();
    } finally {
      this.pinned = before;
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
