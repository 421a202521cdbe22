/** Numbers from 0 to 1 that depend on the seed and the stream only (mulberry32). */
export function drawOf(seed: number, stream: number): () => number {
  let state = (seed ^ Math.imul(stream, 0x9e3779b1)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
