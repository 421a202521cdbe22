import { ServiceUnavailableError } from './errors/app-error';

export interface GroupingLimits<Item> {
  /** Groups that run at the same time. */
  readonly lanes: number;
  readonly maxItems: number;
  /** A group takes no further item once its sizes add up to this. */
  readonly maxSize?: number;
  readonly sizeOf?: (item: Item) => number;
  /** More items than this never wait: the next one is rejected at once. */
  readonly maxWaiting: number;
  /** An item that has waited longer is rejected instead of run. */
  readonly maxWaitMs: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly since: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs items in groups: what arrives while a group is running forms the next one. There is no timer. A single item runs at
 * once, and groups grow with the load.
 */
export class Grouping<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private running = 0;

  /** `run` returns one settled result per item, in the same order. */
  constructor(
    private readonly run: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>,
    private readonly limits: GroupingLimits<Item>,
  ) {}

  /** Rejects with what `run` returned for this item, or with ServiceUnavailableError when too many wait or it waited too long. */
  add(item: Item): Promise<Result> {
    if (this.waiting.length >= this.limits.maxWaiting) return Promise.reject(overloaded());
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, since: performance.now(), resolve, reject });
      this.fillLanes();
    });
  }

  private fillLanes(): void {
    while (this.running < this.limits.lanes && this.waiting.length > 0) {
      const group = this.takeGroup();
      if (group.length === 0) continue;
      this.running += 1;
      void this.runGroup(group).finally(() => {
        this.running -= 1;
        this.fillLanes();
      });
    }
  }

  private takeGroup(): Waiting<Item, Result>[] {
    const { maxItems, maxSize = Infinity, sizeOf = () => 0, maxWaitMs } = this.limits;
    const oldest = performance.now() - maxWaitMs;
    const group: Waiting<Item, Result>[] = [];
    let size = 0;
    while (this.waiting.length > 0 && group.length < maxItems && size < maxSize) {
      const next = this.waiting.shift() as Waiting<Item, Result>;
      if (next.since < oldest) next.reject(overloaded());
      else {
        group.push(next);
        size += sizeOf(next.item);
      }
    }
    return group;
  }

  private async runGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.run(group.map(({ item }) => item));
      for (const [index, { resolve, reject }] of group.entries()) {
        const result = results[index];
        if (result?.status === 'fulfilled') resolve(result.value);
        else reject(result?.reason ?? new Error('the group returned no result for this item'));
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

const overloaded = () =>
  new ServiceUnavailableError('Too many requests are waiting. Repeat the request later.');
