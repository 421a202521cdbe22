/** Points at which a test may kill the process, like a crash or a power failure. */
export const FAILPOINTS = [
  'web.before_insert',
  'web.after_insert',
  'web.before_hint',
  'web.after_hint',
  'worker.before_transaction',
  'worker.after_transaction',
  'worker.before_mail',
  'worker.after_mail',
] as const;
export type FailpointName = (typeof FAILPOINTS)[number];

/** Kills the process with SIGKILL at the points in `FAILPOINTS`, which production refuses. */
export class Failpoints {
  constructor(private readonly armed: readonly FailpointName[]) {}

  hit(name: FailpointName): void {
    if (this.armed.includes(name)) process.kill(process.pid, 'SIGKILL');
  }
}
