import { SimProcess } from '../kernel/process';
import type { Random } from '../kernel/random';
import type { World } from './world';
import { backoffMs, createInjector, createWeb, createWorker, type Mail, type WebParts } from './wiring';

export type ServerKind = 'web' | 'worker';

/** Nobody answered, or the answer did not arrive. */
export class ConnectionError extends Error {}

/** A web or a worker process of the installation. Dies, stands still and starts again. */
export class Server {
  process: SimProcess;
  private web: WebParts | undefined;
  private lives = 0;
  private readonly random: Random;

  constructor(
    private readonly world: World,
    readonly kind: ServerKind,
    private readonly number: number,
  ) {
    this.random = world.random;
    this.process = new SimProcess(`${kind}-${number}`);
    this.process.kill();
  }

  get isUp(): boolean {
    return this.process.isAlive;
  }

  start(): void {
    const { world } = this;
    this.lives += 1;
    this.process = new SimProcess(`${this.kind}-${this.number}`, this.drawFate());
    this.process.onExit = () => this.crash('its own exit');
    this.process.clockSkewMs = this.kind === 'web' && this.number === 1 ? world.profile.clockSkewMs : 0;
    world.tell(this.process.name, this.lives === 1 ? 'starts' : 'starts again');
    this.process.run(() => (this.kind === 'web' ? this.startWeb() : this.startWorker()));
  }

  /** Dies at once, as by SIGKILL, and comes back a little later. */
  crash(where: string): void {
    this.world.tell(this.process.name, `DIES at ${where}`);
    this.process.kill();
    this.world.scheduler.schedule(this.random.between(100, 3000), () => {
      if (!this.isUp) this.start();
    });
  }

  pause(where: string): void {
    const ms = this.random.between(1000, 15_000);
    this.world.tell(this.process.name, `stands still for ${ms} ms at ${where}`);
    this.process.pausedUntilMs = this.world.scheduler.nowMs + ms;
  }

  /** A request of somebody outside. Rejects with ConnectionError when no answer arrives in time. */
  request<T>(handle: (parts: WebParts) => Promise<T>, timeoutMs: number): Promise<T> {
    const { scheduler } = this.world;
    const { process } = this;
    return new Promise((resolve, reject) => {
      const giveUp = (reason: string) => () => reject(new ConnectionError(reason));
      const deadline = scheduler.schedule(timeoutMs, giveUp('no answer in time'), { kind: 'tick' });
      const settle = (afterMs: number, done: () => void): void =>
        void scheduler.schedule(afterMs, () => {
          scheduler.cancel(deadline);
          done();
        });
      process.onDeath(() => settle(1, giveUp('connection reset')));
      scheduler.schedule(this.random.latency(5), () => {
        const { web } = this;
        if (!process.isAlive || web === undefined) return settle(1, giveUp('connection refused'));
        const run = (): void =>
          void process
            .run(() => handle(web))
            .then(
              (value) => settle(this.random.latency(5), () => resolve(value)),
              (error: unknown) => settle(this.random.latency(5), () => reject(error as Error)),
            );
        scheduler.schedule(0, run, { owner: process });
      });
    });
  }

  private startWeb(): void {
    this.web = createWeb(this.injector());
    this.web.plans.onApplicationBootstrap();
  }

  private startWorker(): void {
    const { world, process } = this;
    const { loops, handlers } = createWorker(this.injector(), world.hasQueue);
    for (const loop of loops) void loop.onApplicationBootstrap();
    for (const handler of handlers) {
      world.redis.consume({ ...handler, process, active: 0, backoffMs });
    }
  }

  private injector() {
    const { world } = this;
    return createInjector({
      config: world.config,
      dataSource: world.dataSource,
      queue: world.hasQueue ? world.createQueue() : undefined,
      mailer: { send: (mail: Mail) => world.mails.send(mail) },
      clock: { now: () => new Date(Math.floor(world.businessMs)) },
    });
  }

  /** After how many touches of the outside it dies or stands still. */
  private drawFate(): (process: SimProcess, where: string) => void {
    const { opsPerCrash, opsPerPause } = this.world.profile;
    let untilCrash = this.drawCount(opsPerCrash);
    let untilPause = this.drawCount(opsPerPause);
    return (_, where) => {
      if (!this.world.isTroubled) return;
      untilCrash -= 1;
      untilPause -= 1;
      if (untilCrash <= 0) return this.crash(where);
      if (untilPause > 0) return;
      untilPause = this.drawCount(opsPerPause);
      this.pause(where);
    };
  }

  private drawCount(mean: number): number {
    return mean === 0 ? Infinity : Math.ceil(-Math.log(1 - this.random.next()) * mean);
  }
}
