// node left-running.mjs SINCE FOLDER...: names the processes that began after process SINCE and belong to this run of the
// gate: its mark (CI_RUN) is in their environment, or their program, working folder or command line is in one of the folders.
// It looks at every process of the machine, because what was started may have left its parent. Ends with 1 when one of them
// is still there after ten seconds.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [since, ...folders] = process.argv.slice(2);
const mark = process.env.CI_RUN && `CI_RUN=${process.env.CI_RUN}`;
const DEADLINE_MS = Number(process.env.CI_WAIT_MS ?? 10_000);

/** Empty when the process has ended meanwhile or belongs to somebody else. */
function textOf(read) {
  try {
    return read().toString();
  } catch {
    return '';
  }
}

/** Fields of /proc/PID/stat after the name, which may hold spaces: 1 is the parent, 19 the start in clock ticks. */
const statOf = (pid) =>
  textOf(() => readFileSync(`/proc/${pid}/stat`))
    .replace(/^.*\) /s, '')
    .split(' ');
const startOf = (pid) => Number(statOf(pid)[19] ?? NaN);
const commandOf = (pid) =>
  textOf(() => readFileSync(`/proc/${pid}/cmdline`))
    .replaceAll('\0', ' ')
    .trim();

function ancestorsOf(pid) {
  const parent = Number(statOf(pid)[1] ?? 0);
  return parent > 1 ? [parent, ...ancestorsOf(parent)] : [];
}

function belongs(pid) {
  if (
    mark &&
    textOf(() => readFileSync(`/proc/${pid}/environ`))
      .split('\0')
      .includes(mark)
  )
    return true;
  const places = ['exe', 'cwd'].map((name) => textOf(() => readlinkSync(`/proc/${pid}/${name}`)));
  return [...places, commandOf(pid)].some((place) => folders.some((folder) => place.includes(folder)));
}

const own = new Set([process.pid, ...ancestorsOf(process.pid)]);
const first = startOf(since);

function findLeft() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => !own.has(pid) && startOf(pid) >= first && commandOf(pid) !== '' && belongs(pid));
}

const deadline = performance.now() + DEADLINE_MS;
let left = findLeft();
while (left.length > 0 && performance.now() < deadline) {
  await sleep(200);
  left = findLeft();
}
for (const pid of left) console.error(`left running: ${pid} ${commandOf(pid)}`);
process.exitCode = left.length > 0 ? 1 : 0;
