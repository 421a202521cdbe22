import { spawn } from 'node:child_process';

export interface ReaperOptions {
  readonly pid: number;
  /** The signal for an orderly stop, which keeps all committed data. */
  readonly signal: NodeJS.Signals;
  /** Deleted after the process has exited; only for temporary data. */
  readonly removeFolder?: string;
}

export interface Reaper {
  /** Stops watching, after the process has exited by itself. */
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
 * Stops a service (PostgreSQL, Redis) when this process exits for any reason. A shell waits on a pipe of this process,
 * which even SIGKILL closes. The shell runs in its own session, so that Ctrl-C in the terminal does not reach it.
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
