/** Records in an order, narrowed down as they are read: a page of a long list costs no copy of it. */
export class Listing<T> implements Iterable<T> {
  constructor(
    private readonly source: () => Iterable<T>,
    private readonly conditions: ReadonlyArray<(record: T) => boolean> = [],
  ) {}

  static of<T>(records: readonly T[]): Listing<T> {
    return new Listing(() => records);
  }

  filter(condition: (record: T) => boolean): Listing<T> {
    return new Listing(this.source, [...this.conditions, condition]);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const record of this.source()) if (this.includes(record)) yield record;
  }

  /** Also those that were filtered out: a cursor may point to one. */
  everything(): Iterable<T> {
    return this.source();
  }

  includes(record: T): boolean {
    return this.conditions.every((condition) => condition(record));
  }

  find(condition: (record: T) => boolean): T | undefined {
    for (const record of this) if (condition(record)) return record;
    return undefined;
  }

  first(count: number): T[] {
    const records: T[] = [];
    for (const record of this) {
      if (records.length === count) break;
      records.push(record);
    }
    return records;
  }
}
