/** Places where a test may kill the process, as a crash or a power cut would. */
export const FAILPOINTS = [
  'web.after_insert',
  'worker.before_transaction',
  'worker.after_transaction',
  'worker.before_mail',
  'worker.after_mail',
] as const;
export type FailpointName = (typeof FAILPOINTS)[number];

/** Kills the process with SIGKILL at the points armed by `FAILPOINTS`; the environment schema refuses them in production. */
export class Failpoints {
  constructor(private readonly armed: readonly FailpointName[]) {}

  hit(name: FailpointName): void {
    if (this.armed.includes(name)) process.kill(process.pid, 'SIGKILL');
  }
}
