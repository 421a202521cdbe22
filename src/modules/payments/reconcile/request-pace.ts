import { setTimeout as sleep } from 'node:timers/promises';

/** Spreads requests evenly: at most `perSecond` start in any second. Counts them. */
export class RequestPace {
  private nextAt = 0;
  count = 0;

  constructor(private readonly perSecond: number) {}

  readonly wait = async (): Promise<void> => {
    const now = performance.now();
    const at = Math.max(now, this.nextAt);
    this.nextAt = at + 1000 / this.perSecond;
    this.count += 1;
    if (at > now) await sleep(at - now);
  };
}
