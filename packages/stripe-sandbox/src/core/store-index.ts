/** Ids by the value of one field. Most values belong to one record, which then costs no set. */
export class Index {
  private readonly ids = new Map<unknown, string | Set<string>>();

  constructor(private readonly field: string) {}

  /** In the order in which they got the value. */
  find(value: unknown): string[] {
    const found = this.ids.get(value);
    if (found === undefined) return [];
    return typeof found === 'string' ? [found] : [...found];
  }

  /** A record is new, has another version, or is gone. */
  move(id: string, before: object | undefined, after: object | undefined): void {
    const was = this.valueOf(before);
    const is = this.valueOf(after);
    if (was === is) return;
    this.drop(was, id);
    this.add(is, id);
  }

  private add(value: unknown, id: string): void {
    if (value === null || value === undefined) return;
    const found = this.ids.get(value);
    if (found === undefined) this.ids.set(value, id);
    else if (typeof found === 'string') this.ids.set(value, new Set([found, id]));
    else found.add(id);
  }

  private drop(value: unknown, id: string): void {
    const found = this.ids.get(value);
    if (found instanceof Set) {
      found.delete(id);
      if (found.size === 0) this.ids.delete(value);
    } else if (found === id) this.ids.delete(value);
  }

  private valueOf(record: object | undefined): unknown {
    return (record as Record<string, unknown> | undefined)?.[this.field];
  }
}
