import Bull from 'bull';

const CONCURRENCY = 10;

/** Jobs a second that Bull runs when they do nothing: the limit of one worker on this Redis. */
export async function measureNoopQueue(redisUrl: string, prefix: string, jobs: number): Promise<number> {
  const queue = new Bull('noop', redisUrl, { prefix });
  try {
    await queue.isReady();
    await queue.addBulk(
      Array.from({ length: jobs }, (_, n) => ({ data: { id: n }, opts: { removeOnComplete: true } })),
    );
    return await new Promise((resolve, reject) => {
      const startedAt = performance.now();
      let done = 0;
      queue.on('error', reject);
      queue.on('completed', () => {
        done += 1;
        if (done === jobs) resolve((jobs / (performance.now() - startedAt)) * 1000);
      });
      void queue.process(CONCURRENCY, () => Promise.resolve()).catch(reject);
    });
  } finally {
    await queue.close();
  }
}
