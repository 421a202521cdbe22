/** Allows `perSecond` reads and as many writes in each second of real time. */
export class RateLimit {
  private second = 0;
  private used = { reads: 0, writes: 0 };

  constructor(private readonly perSecond: number) {}

  /** Counts a call; false when it is one too many. */
  admits(method: string, now = Date.now()): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.second) {
      this.second = second;
      this.used = { reads: 0, writes: 0 };
    }
    const kind = method === 'GET' ? 'reads' : 'writes';
    return ++this.used[kind] <= this.perSecond;
  }
}
