import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import timersPromises from 'node:timers/promises';
import { currentProcess } from './process';
import type { Random } from './random';
import type { Scheduler, Step } from './scheduler';

interface Simulated {
  readonly scheduler: Scheduler;
  /** For the code under test; the scheduler decides with another stream. */
  readonly random: Random;
}

let simulated: Simulated | undefined;

const RealDate = Date;
const real = {
  random: Math.random,
  now: performance.now.bind(performance),
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
  clearTimeout: globalThis.clearTimeout,
  randomUUID: crypto.randomUUID,
  randomBytes: crypto.randomBytes,
};

export const realNowMs = real.now;
export const realSleep = (ms: number): Promise<void> =>
  new Promise((resolve) => real.setTimeout(resolve, ms));

/** Time as the running process sees it. */
function nowMs(): number {
  if (simulated === undefined) return RealDate.now();
  return Math.floor(simulated.scheduler.nowMs) + (currentProcess()?.clockSkewMs ?? 0);
}

/** Waits of this length are deadlines and heartbeats; shorter ones are part of work that goes on. */
const LONG_MS = 2500;

class SimTimer {
  private step: Step | undefined;
  // A timer dies with its process, however often it is armed again.
  private readonly owner = currentProcess();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly callback: () => void,
    private readonly delayMs: number,
    private readonly repeats: boolean,
  ) {
    this.arm();
  }

  private arm(): void {
    // A poll, a heartbeat or a deadline is no work that anybody must wait for.
    const kind = this.repeats || this.delayMs >= LONG_MS ? ('tick' as const) : ('work' as const);
    const options = { owner: this.owner, kind };
    this.step = this.scheduler.schedule(
      Math.max(1, this.delayMs),
      () => {
        if (this.repeats) this.arm();
        this.callback();
      },
      options,
    );
  }

  stop(): void {
    if (this.step !== undefined) this.scheduler.cancel(this.step);
    this.step = undefined;
  }

  refresh(): this {
    this.stop();
    this.arm();
    return this;
  }

  ref = (): this => this;
  unref = (): this => this;
  hasRef = (): boolean => true;
  [Symbol.dispose] = (): void => this.stop();
}

type Callback = (...args: unknown[]) => void;

/** Undefined outside of simulated processes: the machinery itself keeps real time. */
function simulatedTimer(callback: Callback, delayMs: number, how: { repeats: boolean; args: unknown[] }) {
  if (simulated === undefined || currentProcess() === undefined) return undefined;
  const inContext = AsyncLocalStorage.snapshot();
  const fire = () => inContext(callback, ...how.args);
  return new SimTimer(simulated.scheduler, fire, delayMs, how.repeats);
}

function replaceTimers(): void {
  const target = globalThis as unknown as Record<string, unknown>;
  target['setTimeout'] = (callback: Callback, delayMs = 0, ...args: unknown[]) =>
    simulatedTimer(callback, delayMs, { repeats: false, args }) ??
    real.setTimeout(callback, delayMs, ...args);
  target['setInterval'] = (callback: Callback, delayMs = 0, ...args: unknown[]) =>
    simulatedTimer(callback, delayMs, { repeats: true, args }) ??
    real.setInterval(callback, delayMs, ...args);
  target['setImmediate'] = (callback: Callback, ...args: unknown[]) =>
    simulatedTimer(callback, 0, { repeats: false, args }) ?? real.setImmediate(callback, ...args);
  const clear = (timer: unknown) => {
    if (timer instanceof SimTimer) timer.stop();
    else real.clearTimeout(timer as NodeJS.Timeout);
  };
  target['clearTimeout'] = clear;
  target['clearInterval'] = clear;
  target['clearImmediate'] = clear;
  replaceSleep();
}

function replaceSleep(): void {
  const realSleepOfNode = timersPromises.setTimeout;
  const sleep = <T>(
    delayMs = 0,
    value?: T,
    options: { signal?: AbortSignal } = {},
  ): Promise<T | undefined> => {
    if (simulated === undefined || currentProcess() === undefined)
      return realSleepOfNode(delayMs, value, options);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(value), delayMs);
      options.signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new DOMException('The operation was aborted', 'AbortError'));
      });
    });
  };
  Object.assign(timersPromises, { setTimeout: sleep });
}

/**
 * Replaces time and chance for everything that is loaded afterwards and asks for them: `Date`, timers, `Math.random`,
 * `performance.now`, `randomUUID`, `randomBytes`. So the production code needs no seam that exists for this simulation only.
 */
export function replaceGlobals(): void {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [nowMs()] : args, newTarget) as Date,
    apply: () => new RealDate(nowMs()).toString(),
    get: (target, key, receiver) => (key === 'now' ? nowMs : (Reflect.get(target, key, receiver) as unknown)),
  });
  Math.random = () => (simulated === undefined ? real.random() : simulated.random.next());
  performance.now = () => (simulated === undefined ? real.now() : simulated.scheduler.nowMs);
  Object.assign(crypto, {
    randomUUID: () => (simulated === undefined ? real.randomUUID() : uuid(simulated.random)),
    randomBytes: (size: number, ...rest: unknown[]) =>
      simulated === undefined || rest.length > 0 ? real.randomBytes(size) : simulated.random.bytes(size),
  });
  replaceTimers();
  replaceExit();
}

/** A simulated process that ends itself dies alone. */
function replaceExit(): void {
  const realExit = process.exit.bind(process);
  process.exit = ((code?: number) => {
    const current = currentProcess();
    if (current === undefined) return realExit(code);
    current.onExit();
  }) as typeof process.exit;
}

function uuid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** From here on time and chance are the schedule's; undefined gives them back to the machine. */
export function simulate(next: Simulated | undefined): void {
  simulated = next;
}
