import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into the processes that `npm start` starts (`node --require`), so that they need to know nothing of it.
 * Their standard input is a pipe that only the launcher holds: when it ends, the launcher is gone, even by SIGKILL,
 * and the process stops as if it had been asked to.
 */
const GRACE_MS = 5000;

function stopMyself(): void {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
}

// Worker threads preload this file too, and they share the standard input.
if (isMainThread) {
  process.stdin.once('end', stopMyself);
  process.stdin.once('error', stopMyself);
  process.stdin.resume();
  // Nobody reads what a dead launcher's pipe would carry; a write to it must not turn an orderly stop into a crash.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // A process that has finished its work must not stay for the sake of this pipe.
  if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
}
