/** What work cost: real time for reading, processor time for comparing, since it hardly notices other programs. */
export interface Cost {
  wallMs: number;
  cpuMs: number;
}

export async function costOf(work: () => unknown): Promise<Cost> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
}

/** Processor time of the cheapest of three runs: what disturbs one of them only makes it dearer. */
export async function leastCost(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let run = 0; run < 3; run += 1) costs.push((await costOf(work)).cpuMs);
  return Math.min(...costs);
}
