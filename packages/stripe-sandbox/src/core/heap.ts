/** A priority queue: the least first, by `isBefore`. */
export class Heap<T> {
  private items: T[] = [];

  constructor(private readonly isBefore: (a: T, b: T) => boolean) {}

  get least(): T | undefined {
    return this.items[0];
  }

  values(): readonly T[] {
    return this.items;
  }

  push(item: T): void {
    const { items } = this;
    items.push(item);
    let i = items.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.isBefore(items[i] as T, items[parent] as T)) break;
      this.swap(i, parent);
      i = parent;
    }
  }

  /** Takes the least out. */
  pop(): T | undefined {
    const { items } = this;
    const [least] = items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return least;
    items[0] = last;
    this.sink();
    return least;
  }

  private sink(): void {
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      let least = i;
      for (const child of [left, left + 1]) {
        const candidate = this.items[child];
        if (candidate !== undefined && this.isBefore(candidate, this.items[least] as T)) least = child;
      }
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  private swap(a: number, b: number): void {
    [this.items[a], this.items[b]] = [this.items[b] as T, this.items[a] as T];
  }
}
