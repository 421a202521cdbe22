import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findCommand, isAlive } from './processes';

const INTERVAL_MS = 500;
const SHELL = /^(\S*\/)?(sh|ash|bash|dash|zsh) /;

/**
 * Calls `onGone` when the npm that runs this process exits. npm passes SIGTERM only to its shell and SIGKILL to nobody, so
 * the parts would keep running unnoticed. Without npm there is nothing to watch: closing a shell is no request to stop.
 */
export function watchParent(onGone: () => void, env: NodeJS.ProcessEnv = process.env): void {
  if (env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const npm = findNpm(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}

/** npm runs scripts through a shell. Some shells replace themselves with the last command, others stay as its parent. */
function findNpm(parent: number): number | undefined {
  return SHELL.test(findCommand(parent) ?? '') ? findParent(parent) : parent;
}

function findParent(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return findParentFromPs(pid);
  }
}

function findParentFromPs(pid: number): number | undefined {
  try {
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return undefined;
  }
}
