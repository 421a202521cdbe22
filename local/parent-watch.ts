const INTERVAL_MS = 500;

/**
 * Calls `onGone` when npm, which runs us, is gone: killed, it cannot pass a signal on, and the parts would run for
 * ever behind the person's back. Started by hand there is nothing to watch: leaving the shell is not a wish to stop.
 */
export function watchParent(onGone: () => void, env: NodeJS.ProcessEnv = process.env): void {
  if (env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, INTERVAL_MS);
  timer.unref();
}
