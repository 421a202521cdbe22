import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';

const LOGGING = join(process.cwd(), 'dist', 'src', 'common', 'http', 'logging.js');
const LINES = 5000;

const run = promisify(execFile);

/** What a process has printed that logs many lines and then ends in this way. */
async function linesOf(end: string): Promise<string[]> {
  const script = `
    const { createLogStream } = require(${JSON.stringify(LOGGING)});
    const log = require('pino').pino({}, createLogStream());
    for (let n = 0; n < ${LINES}; n++) log.info({ n }, 'line');
    ${end}`;
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run(process.execPath, ['-e', script], options).catch(
    (error: unknown) => error as { stdout: string },
  );
  return stdout.trim().split('\n');
}

describe('the log', () => {
  it.each([
    ['by itself', ''],
    ['through process.exit', 'process.exit(1)'],
    ['through an error that nobody catches', 'throw new Error("crash")'],
  ])('loses no line when the process ends %s', async (_, end) => {
    const numbers = (await linesOf(end)).map((line) => (JSON.parse(line) as { n: number }).n);

    expect(numbers).toEqual(Array.from({ length: LINES }, (_unused, n) => n));
  });
});
