import { NotifiedLoop } from './notified-loop';

const never = () => new Promise<void>(() => undefined);

describe('NotifiedLoop', () => {
  it('reports a look that never ends', async () => {
    const stuck = new Promise<string>((resolve) => {
      const loop = new NotifiedLoop({
        databaseUrl: 'postgres://127.0.0.1:1/none',
        channel: 'test',
        intervalMs: 60_000,
        look: never,
        onFailure: () => undefined,
        onStuck: resolve,
        stuckAfterMs: 20,
      });
      loop.wake();
    });

    await expect(stuck).resolves.toBe('test');
  });

  it('looks once more after a wake-up during a look, however many there were', async () => {
    let looks = 0;
    const loop: NotifiedLoop = new NotifiedLoop({
      databaseUrl: 'postgres://127.0.0.1:1/none',
      channel: 'test',
      intervalMs: 60_000,
      look: async () => {
        await Promise.resolve();
        looks += 1;
        if (looks === 1) for (let count = 0; count < 5; count++) loop.wake();
      },
      onFailure: () => undefined,
    });
    loop.wake();
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(looks).toBe(2);
  });
});
