/** How much of what one process counted the other processes know, by key, for one window. */
export class ReportedCounts {
  private readonly counts = new Map<string, { reported: number; until: number }>();
  private nextPruneAt = 0;

  constructor(
    private readonly windowMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The part of `consumed` that is not reported yet, which from now on counts as reported. */
  take(key: string, consumed: number): number {
    const now = this.now();
    this.prune(now);
    const known = this.counts.get(key);
    // A smaller count belongs to a new window.
    const reported =
      known !== undefined && known.until > now && known.reported < consumed ? known.reported : 0;
    this.counts.set(key, { reported: consumed, until: now + this.windowMs });
    return consumed - reported;
  }

  /** After a failed report. */
  putBack(key: string, points: number): void {
    const known = this.counts.get(key);
    if (known !== undefined) known.reported = Math.max(0, known.reported - points);
  }

  private prune(now: number): void {
    if (now < this.nextPruneAt) return;
    this.nextPruneAt = now + this.windowMs;
    for (const [key, { until }] of this.counts) if (until <= now) this.counts.delete(key);
  }
}
