import { spawn } from 'node:child_process';

export interface ReaperOptions {
  readonly pid: number;
  /** The signal that makes the process stop in order: it loses nothing that was committed. */
  readonly signal: NodeJS.Signals;
  /** Removed after the process ended; only for data that nobody wants to see again. */
  readonly removeFolder?: string;
}

export interface Reaper {
  /** The process ended by itself: there is nothing left to watch. */
  release(): void;
}

const SCRIPT = `
read -r _
kill -s "$2" "$1" 2>/dev/null
tries=0
while kill -0 "$1" 2>/dev/null; do
  tries=$((tries + 1))
  if [ "$tries" -eq 100 ]; then kill -s KILL "$1" 2>/dev/null; fi
  if [ "$tries" -gt 120 ]; then break; fi
  sleep 0.1
done
if [ -n "$3" ]; then rm -rf -- "$3"; fi
`;

/**
 * Watches a service that cannot watch us (PostgreSQL, Redis) and stops it when this process is gone, however it
 * went: a shell waits on a pipe that only we hold, and SIGKILL closes it too. It sits in a session of its own, so
 * that Ctrl-C in the terminal does not reach it.
 */
export function startReaper({ pid, signal, removeFolder = '' }: ReaperOptions): Reaper {
  const name = signal.replace(/^SIG/, '');
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'reaper', String(pid), name, removeFolder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  shell.unref();
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  unrefPipe(shell.stdin);
  return { release: () => void shell.kill('SIGKILL') };
}

function unrefPipe(pipe: object): void {
  if ('unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}
