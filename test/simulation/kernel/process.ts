import { AsyncLocalStorage } from 'node:async_hooks';

const running = new AsyncLocalStorage<SimProcess>();

/** The simulated process whose code is running now, if any. */
export const currentProcess = (): SimProcess | undefined => running.getStore();

/** One simulated process: what it started belongs to it, and nothing of it runs on after its death. */
export class SimProcess {
  isAlive = true;
  pausedUntilMs = 0;
  /** How far its clock is off. */
  clockSkewMs = 0;
  private readonly deathWatchers: (() => void)[] = [];

  constructor(
    readonly name: string,
    /** Called wherever the process touches the outside: it may be killed or paused there. */
    private readonly boundary: (process: SimProcess, where: string) => void = () => undefined,
  ) {}

  /** What `process.exit` does here. */
  onExit: () => void = () => this.kill();

  run<T>(work: () => T): T {
    return running.run(this, work);
  }

  /** A place at which the process may die or stand still. Returns whether it is still alive. */
  passBoundary(where: string): boolean {
    if (this.isAlive) this.boundary(this, where);
    return this.isAlive;
  }

  /** Runs when the process dies: the sockets it held close then. */
  onDeath(watch: () => void): void {
    this.deathWatchers.push(watch);
  }

  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    for (const watch of this.deathWatchers) watch();
  }
}
