import { setImmediate as turn } from 'node:timers/promises';
import { ReturnSyncs } from './return-syncs';

describe('ReturnSyncs', () => {
  it('runs one sync for all requests that arrived before it began', async () => {
    const syncs = new ReturnSyncs();
    const started: (() => void)[] = [];
    const sync = () => new Promise<void>((resolve) => started.push(resolve));
    const finishAll = async () => {
      for (let round = 0; round < 20; round += 1) {
        started.at(-1)?.();
        await turn();
      }
    };

    const answers = Array.from({ length: 300 }, () => syncs.run('cs_1', sync));
    await finishAll();

    expect(await Promise.all(answers)).toEqual(Array(300).fill(true));
    // The first began when nobody else was there, the second serves the other 299.
    expect(started).toHaveLength(2);
  });

  it('runs ten per minute and session, and says so beyond them', async () => {
    const syncs = new ReturnSyncs();
    let runs = 0;
    const sync = () => Promise.resolve(void (runs += 1));

    const answers = [];
    for (let n = 0; n < 300; n += 1) answers.push(await syncs.run('cs_1', sync));

    expect(runs).toBe(10);
    expect(answers).toEqual([...Array<boolean>(10).fill(true), ...Array<boolean>(290).fill(false)]);
    await expect(syncs.run('cs_2', sync)).resolves.toBe(true);
  });

  it('reports the failure of a sync to those who share it, and runs the next', async () => {
    const syncs = new ReturnSyncs();
    let runs = 0;
    const sync = () => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
    };

    const [first, second, third] = [1, 2, 3].map(() => syncs.run('cs_1', sync));

    await expect(first).rejects.toThrow('no');
    await expect(Promise.all([second, third])).resolves.toEqual([true, true]);
    expect(runs).toBe(2);
  });
});
