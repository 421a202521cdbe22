/** What every stored record has. Records are replaced, never changed in place, so that events can keep a version. */
export interface Stored {
  id: string;
}

/** One kind of record, in order of creation, with look-up by id and by indexed fields. */
export class Collection<T extends Stored> {
  private readonly records = new Map<string, T>();
  private readonly order: string[] = [];
  private readonly indexes = new Map<string, Map<unknown, Set<string>>>();

  constructor(indexed: readonly string[]) {
    for (const field of indexed) this.indexes.set(field, new Map());
  }

  get size(): number {
    return this.records.size;
  }

  find(id: string): T | undefined {
    return this.records.get(id);
  }

  /** Stores a new record or a new version of a known one. */
  put(record: T): T {
    const before = this.records.get(record.id);
    if (!before) this.order.push(record.id);
    this.records.set(record.id, record);
    for (const [field, index] of this.indexes)
      reindex(index, valueOf(before, field), { id: record.id, value: valueOf(record, field) });
    return record;
  }

  /** Stores a new version of a known record. */
  patch(id: string, change: Partial<T>): T {
    const before = this.records.get(id);
    if (!before) throw new Error(`patch of an unknown record ${id}`);
    return this.put({ ...before, ...change });
  }

  remove(id: string): void {
    const before = this.records.get(id);
    if (!before) return;
    for (const [field, index] of this.indexes) index.get(valueOf(before, field))?.delete(id);
    this.records.delete(id);
    this.order.splice(this.order.lastIndexOf(id), 1);
  }

  /** All records in order of creation. */
  all(): T[] {
    return this.order.map((id) => this.records.get(id) as T);
  }

  /** Records whose indexed field has this value, in order of creation. */
  where(field: keyof T & string, value: unknown): T[] {
    const index = this.indexes.get(field);
    if (!index) throw new Error(`field ${field} is not indexed`);
    return [...(index.get(value) ?? [])].map((id) => this.records.get(id) as T);
  }

  /** Removes records from the oldest on, as long as `isOld` says so; the newest `kept` stay in any case. */
  prune(kept: number, isOld: (record: T) => boolean): void {
    let count = 0;
    for (const id of this.order.slice(0, Math.max(0, this.order.length - kept))) {
      if (!isOld(this.records.get(id) as T)) break;
      count++;
    }
    for (const id of this.order.splice(0, count)) {
      const record = this.records.get(id);
      for (const [field, index] of this.indexes) index.get(valueOf(record, field))?.delete(id);
      this.records.delete(id);
    }
  }

  newestFirst(): T[] {
    return this.all().reverse();
  }
}

function reindex(
  index: Map<unknown, Set<string>>,
  before: unknown,
  after: { id: string; value: unknown },
): void {
  if (before === after.value) return;
  index.get(before)?.delete(after.id);
  if (after.value === null || after.value === undefined) return;
  index.set(after.value, (index.get(after.value) ?? new Set<string>()).add(after.id));
}

function valueOf(record: object | undefined, field: string): unknown {
  return (record as Record<string, unknown> | undefined)?.[field];
}

/** All collections of one sandbox. Rooms declare theirs with {@link defineCollection}; nobody lists them. */
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

  /** Any record by its id, whatever its kind; used by `expand`. */
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

  /** Replaces everything; open collections are refilled when a room asks for them again. */
  load(dump: Record<string, Stored[]>): void {
    this.collections.clear();
    this.restored = { ...dump };
  }
}

/**
 * Declares a collection and gives its accessor. A leading underscore marks sandbox-internal records that the API never
 * shows.
 */
export function defineCollection<T extends Stored>(
  name: string,
  indexed: readonly (keyof T & string)[] = [],
) {
  return (world: { store: Store }): Collection<T> => world.store.open<T>(name, indexed);
}
