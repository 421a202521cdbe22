import { Index } from './store-index';
import { Listing } from './listing';

/** What every stored record has. Records are replaced, never changed in place, so that events can keep a version. */
export interface Stored {
  id: string;
}

/** A record between its neighbours in the order of creation. */
interface Place<T> {
  record: T;
  older: Place<T> | undefined;
  newer: Place<T> | undefined;
}

/** One kind of record, in order of creation, with look-up by id and by indexed fields. */
export class Collection<T extends Stored> {
  private readonly places = new Map<string, Place<T>>();
  private newest: Place<T> | undefined;
  private oldest: Place<T> | undefined;
  private readonly indexes: ReadonlyMap<string, Index>;

  constructor(indexed: readonly string[]) {
    this.indexes = new Map(indexed.map((field) => [field, new Index(field)]));
  }

  get size(): number {
    return this.places.size;
  }

  find(id: string): T | undefined {
    return this.places.get(id)?.record;
  }

  /** Stores a new record or a new version of a known one. */
  put(record: T): T {
    const place = this.places.get(record.id);
    for (const index of this.indexes.values()) index.move(record.id, place?.record, record);
    if (place) place.record = record;
    else this.append(record);
    return record;
  }

  /** Stores a new version of a known record. */
  patch(id: string, change: Partial<T>): T {
    const before = this.find(id);
    if (!before) throw new Error(`patch of an unknown record ${id}`);
    return this.put({ ...before, ...change });
  }

  remove(id: string): void {
    const place = this.places.get(id);
    if (!place) return;
    const { record, older, newer } = place;
    for (const index of this.indexes.values()) index.move(id, record, undefined);
    this.places.delete(id);
    if (older) older.newer = newer;
    else this.oldest = newer;
    if (newer) newer.older = older;
    else this.newest = older;
  }

  /** All records in order of creation. */
  all(): T[] {
    return Array.from(this.places.values(), ({ record }) => record);
  }

  /** Records whose indexed field has this value, in the order in which they got it. */
  where(field: keyof T & string, value: unknown): T[] {
    return this.indexOf(field)
      .find(value)
      .map((id) => this.find(id) as T);
  }

  /** Newest first, with these values in indexed fields; those that are undefined do not count. */
  newestFirst(wanted: { [K in keyof T & string]?: unknown } = {}): Listing<T> {
    const [by, ...others] = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const found = by
      ? Listing.of(this.where(by[0] as keyof T & string, by[1]).reverse())
      : new Listing(() => this.backwards());
    return others.reduce(
      (listing, [field, value]) => listing.filter((record) => record[field as keyof T] === value),
      found,
    );
  }

  /** From the oldest on, up to the first that `isNew`; they may be removed on the way. */
  *oldestUntil(isNew: (record: T) => boolean): Iterable<T> {
    for (let place = this.oldest; place && !isNew(place.record);) {
      const { record, newer } = place;
      yield record;
      place = newer;
    }
  }

  /** Removes records from the oldest on, as long as `isOld` says so; the newest `kept` stay in any case. */
  prune(kept: number, isOld: (record: T) => boolean): void {
    while (this.oldest && this.size > kept && isOld(this.oldest.record)) this.remove(this.oldest.record.id);
  }

  private append(record: T): void {
    const place: Place<T> = { record, older: this.newest, newer: undefined };
    if (this.newest) this.newest.newer = place;
    else this.oldest = place;
    this.newest = place;
    this.places.set(record.id, place);
  }

  private *backwards(): Iterable<T> {
    for (let place = this.newest; place; place = place.older) yield place.record;
  }

  private indexOf(field: string): Index {
    const index = this.indexes.get(field);
    if (!index) throw new Error(`field ${field} is not indexed`);
    return index;
  }
}

/** All collections of one sandbox. Resources declare theirs with {@link defineCollection}; nobody lists them. */
export class Store {
  private readonly collections = new Map<string, Collection<Stored>>();
  private restored: Record<string, Stored[]> = {};

  open<T extends Stored>(name: string, indexed: readonly string[]): Collection<T> {
    const known = this.collections.get(name);
    if (known) return known as unknown as Collection<T>;
    const created = new Collection<T>(indexed);
    for (const record of this.restored[name] ?? []) created.put(record as T);
    delete this.restored[name];
    this.collections.set(name, created as unknown as Collection<Stored>);
    return created;
  }

  /** Any record by its id, of any kind; used by `expand`. */
  findAnywhere(id: string): Stored | undefined {
    for (const [name, collection] of this.collections) {
      const record = name.startsWith('_') ? undefined : collection.find(id);
      if (record) return record;
    }
    for (const [name, records] of Object.entries(this.restored)) {
      const record = name.startsWith('_') ? undefined : records.find((candidate) => candidate.id === id);
      if (record) return record;
    }
    return undefined;
  }

  dump(): Record<string, Stored[]> {
    const dump: Record<string, Stored[]> = { ...this.restored };
    for (const [name, collection] of this.collections) dump[name] = collection.all();
    return dump;
  }

  /** Replaces everything; open collections are refilled when a resource asks for them again. */
  load(dump: Record<string, Stored[]>): void {
    this.collections.clear();
    this.restored = { ...dump };
  }
}

/** Opens one collection of a given sandbox. */
export type CollectionOf<T extends Stored> = (world: { store: Store }) => Collection<T>;

/**
 * Declares a collection and gives its accessor. A leading underscore marks sandbox-internal records that the API never
 * shows.
 */
export function defineCollection<T extends Stored>(
  name: string,
  indexed: readonly (keyof T & string)[] = [],
): CollectionOf<T> {
  return (world: { store: Store }): Collection<T> => world.store.open<T>(name, indexed);
}
