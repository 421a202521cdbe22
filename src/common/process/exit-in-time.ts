/** Supervisors send SIGKILL after 10 s or more. */
const STOP_WITHIN_MS = 9000;

/**
 * After SIGTERM or SIGINT the process exits in time even if a dependency never answers again, and at once while it is
 * still starting. Call the returned function when the process has started.
 */
export function exitInTime(part: string): () => void {
  let isStarted = false;
  const exit = (): void => {
    if (!isStarted) process.exit(1);
    setTimeout(() => {
      process.stderr.write(`${part} did not stop within ${STOP_WITHIN_MS / 1000} s; it exits now\n`);
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, exit);
  return () => {
    isStarted = true;
  };
}
