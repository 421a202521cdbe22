import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { endProcess, findCommand, type EndStep } from './processes';

interface LockContent {
  readonly pid: number;
  readonly command: string;
  /** The processes this launcher has started, by name. */
  readonly parts: Readonly<Record<string, number>>;
}

export interface LauncherLock {
  /** Remembers the processes, so that the next start can end them if this one is killed. */
  record(parts: Readonly<Record<string, number>>): void;
  release(): void;
}

export class AlreadyRunningError extends Error {
  constructor(readonly pid: number) {
    super(`Course Companion is already running on this data folder (process ${pid})`);
  }
}

const LEFTOVER_STEPS: readonly EndStep[] = [
  { signal: 'SIGTERM', waitMs: 5000 },
  { signal: 'SIGKILL', waitMs: 1000 },
];

/**
 * One launcher per data folder. A lock whose process is gone is taken over, and whatever that process left running is
 * ended first, so that its ports and files are free.
 * @throws AlreadyRunningError while another launcher lives.
 */
export async function acquireLock(path: string): Promise<LauncherLock> {
  mkdirSync(dirname(path), { recursive: true });
  const own = { pid: process.pid, command: findCommand(process.pid) ?? '' };
  while (!tryCreate(path, { ...own, parts: {} })) {
    const holder = findHolder(path);
    if (holder !== undefined && isRunning(holder)) throw new AlreadyRunningError(holder.pid);
    await endLeftovers(holder?.parts ?? {});
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

// A hard link appears whole or not at all: nobody can read a lock that is only half written.
function tryCreate(path: string, content: LockContent): boolean {
  const mine = `${path}.${content.pid}`;
  writeFileSync(mine, JSON.stringify(content));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function findHolder(path: string): LockContent | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockContent;
  } catch {
    return undefined;
  }
}

// Process ids are reused: the same id with another command line is a stranger.
const isRunning = ({ pid, command }: LockContent) => pid !== process.pid && findCommand(pid) === command;

async function endLeftovers(parts: Readonly<Record<string, number>>): Promise<void> {
  const ours = Object.values(parts).filter((pid) => findCommand(pid)?.includes('orphan-guard') === true);
  await Promise.all(ours.map((pid) => endProcess(pid, LEFTOVER_STEPS)));
}
