import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stopProcess, findCommand, type StopStep } from './processes';

interface LockContent {
  readonly pid: number;
  readonly command: string;
  /** The processes that this launcher started, by name. */
  readonly parts: Readonly<Record<string, number>>;
}

export interface LauncherLock {
  /** Records the processes, so that the next start can stop them if this launcher is killed. */
  record(parts: Readonly<Record<string, number>>): void;
  release(): void;
}

export class AlreadyRunningError extends Error {
  constructor(readonly pid: number) {
    super(`Course Companion is already running on this data folder (process ${pid})`);
  }
}

const LEFTOVER_STEPS: readonly StopStep[] = [
  { signal: 'SIGTERM', waitMs: 5000 },
  { signal: 'SIGKILL', waitMs: 1000 },
];

/**
 * Allows one launcher per data folder. If the process of a lock no longer exists, its remaining processes are stopped, so
 * that ports and files are free, and the lock is replaced.
 * @throws AlreadyRunningError while another launcher runs.
 */
export async function acquireLock(path: string): Promise<LauncherLock> {
  mkdirSync(dirname(path), { recursive: true });
  const own = { pid: process.pid, command: findCommand(process.pid) ?? '' };
  while (!tryCreate(path, { ...own, parts: {} })) {
    const holder = findHolder(path);
    if (holder !== undefined && isRunning(holder)) throw new AlreadyRunningError(holder.pid);
    await stopLeftovers(holder?.parts ?? {});
    rmSync(path, { force: true });
  }
  return {
    record: (parts) => {
      writeFileSync(`${path}.new`, JSON.stringify({ ...own, parts }));
      renameSync(`${path}.new`, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

// A hard link appears atomically, so nobody reads a lock that is half written.
function tryCreate(path: string, content: LockContent): boolean {
  const own = `${path}.${content.pid}`;
  writeFileSync(own, JSON.stringify(content));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function findHolder(path: string): LockContent | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockContent;
  } catch {
    return undefined;
  }
}

// Process ids are reused: the same id with another command line is another program.
const isRunning = ({ pid, command }: LockContent) => pid !== process.pid && findCommand(pid) === command;

async function stopLeftovers(parts: Readonly<Record<string, number>>): Promise<void> {
  const ours = Object.values(parts).filter((pid) => findCommand(pid)?.includes('orphan-guard') === true);
  await Promise.all(ours.map((pid) => stopProcess(pid, LEFTOVER_STEPS)));
}
