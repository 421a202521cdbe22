import { playHistories } from '../histories/histories';

// More, or other, histories: npm run test:histories -- --histories 20000 --seed 7.
const HISTORIES = Number(process.env['HISTORIES'] ?? 40);
const SEED = Number(process.env['HISTORIES_SEED'] ?? 20_270_503);
/** `npm run test:histories` tells how far it is. */
const IS_LONG = process.env['HISTORIES'] !== undefined;
const HOURS = 3_600_000;

describe('convergence', () => {
  it(
    'shows the access and the money that the objects at Stripe justify, after any history and any deliveries',
    async () => {
      const started = performance.now();
      const answers = new Map<string, number>();
      const onProgress = (played: number, compared: ReadonlyMap<string, number>) => {
        for (const [answer, count] of compared) answers.set(answer, (answers.get(answer) ?? 0) + count);
        const seconds = Math.round((performance.now() - started) / 1000);
        if (IS_LONG) process.stdout.write(`${played} of ${HISTORIES} histories, ${seconds} s\n`);
      };

      const failure = await playHistories({ seed: SEED, histories: HISTORIES, onProgress });

      if (IS_LONG) process.stdout.write(`${[...answers].sort().join('\n')}\n`);
      expect(failure).toBeUndefined();
    },
    24 * HOURS,
  );
});
