/** Runs at most `limit` jobs at a time; the rest wait in order. */
export class ConcurrencyLimit {
  private running = 0;
  /** In order of arrival; a set, because taking the first of a long list is slow. */
  private readonly waiting = new Set<() => Promise<void>>();

  constructor(private readonly limit: number) {}

  enter(work: () => Promise<void>): void {
    this.waiting.add(work);
    this.admit();
  }

  private admit(): void {
    while (this.running < this.limit) {
      const [next] = this.waiting;
      if (!next) return;
      this.waiting.delete(next);
      this.running++;
      void next().finally(() => {
        this.running--;
        this.admit();
      });
    }
  }
}
