import { isMainThread } from 'node:worker_threads';

/**
 * `npm start` preloads this file into its processes (`node --require`), so that they need no code of their own for it.
 * Their standard input is a pipe of the launcher. It closes when the launcher exits, even by SIGKILL, and the process
 * then stops as after SIGTERM.
 */
const GRACE_MS = 5000;

function stopMyself(): void {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
}

// Worker threads preload this file too, and share the standard input.
if (isMainThread) {
  process.stdin.once('end', stopMyself);
  process.stdin.once('error', stopMyself);
  process.stdin.resume();
  // Nobody reads the pipe of a dead launcher. A write to it must not turn an orderly stop into a crash.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // This pipe must not keep a finished process running.
  if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
}
