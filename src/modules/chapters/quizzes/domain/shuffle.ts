/** FNV-1a over UTF-16 units. Good enough to seed the order of options; not for secrets. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Shuffles `items` (Fisher-Yates). The order depends only on the seed and the number of items. */
export function shuffle<T>(items: readonly T[], seed: string): T[] {
  const random = mulberry32(hash32(seed));
  const keyed = [...items];
  for (let last = keyed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [keyed[last], keyed[other]] = [keyed[other] as T, keyed[last] as T];
  }
  return keyed;
}

/** A small seeded generator of numbers in [0, 1). Math.random cannot be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
