/** Callers that wait for the first response to an event, or for a timeout. */
export class FirstResponses {
  private readonly waiters = new Map<string, Set<() => void>>();

  /** Resolves when `isOpen` says no after an answer, or after `longestMs`. */
  async wait(eventId: string, longestMs: number, isOpen: () => boolean): Promise<void> {
    const deadline = Date.now() + longestMs;
    while (isOpen() && Date.now() < deadline) await this.next(eventId, deadline - Date.now());
  }

  /** An event was answered. */
  wake(eventId: string): void {
    for (const wake of this.waiters.get(eventId) ?? []) wake();
  }

  wakeAll(): void {
    for (const eventId of [...this.waiters.keys()]) this.wake(eventId);
  }

  private next(eventId: string, longestMs: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiters.get(eventId) ?? new Set<() => void>();
      this.waiters.set(eventId, waiting);
      const done = () => {
        clearTimeout(timer);
        waiting.delete(done);
        if (waiting.size === 0) this.waiters.delete(eventId);
        resolve();
      };
      const timer = setTimeout(done, longestMs);
      waiting.add(done);
    });
  }
}
