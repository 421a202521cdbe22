import { decideRestart } from './restart-policy';

describe('decideRestart', () => {
  it('waits longer after each crash within a minute and gives up at the fifth', () => {
    const waits: (number | undefined)[] = [];
    let crashes: readonly number[] = [];
    for (let second = 0; second < 5; second += 1) {
      const decision = decideRestart(crashes, second * 1000);
      waits.push(decision.waitMs);
      crashes = decision.crashes;
    }

    expect(waits).toEqual([250, 500, 1000, 2000, undefined]);
  });

  it('forgets a crash after exactly a minute', () => {
    expect(decideRestart([0, 1], 60_000)).toEqual({ waitMs: 500, crashes: [1, 60_000] });
  });
});
