import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { clockFile, createDatabase, createTemplate, dropDatabase, startServer } from './database/server';
import type { LaneReply, LaneRequest } from './lane';

/** A process with a database of its own that plays schedules, one at a time. */
export class Lane {
  private answer: { resolve: (reply: LaneReply) => void; reject: (error: Error) => void } | undefined;
  private hasEnded = false;

  private constructor(
    private readonly child: ChildProcess,
    private readonly drop: () => Promise<void>,
  ) {
    child.on('message', (message: LaneReply) => this.answer?.resolve(message));
    child.on('exit', (code) => {
      this.hasEnded = true;
      this.answer?.reject(new Error(`a lane ended with code ${code}`));
    });
  }

  static async start(pool: LanePool, name: string, mutant?: string): Promise<Lane> {
    const url = await createDatabase(pool.serverUrl, name, pool.template);
    const env = { ...process.env, ...(mutant === undefined ? {} : { SIMULATION_MUTANT: mutant }) };
    const child = fork(join(__dirname, 'run.mjs'), ['--lane', url, clockFile(name)], { env });
    const lane = new Lane(child, () => dropDatabase(pool.serverUrl, name));
    await lane.next();
    return lane;
  }

  async play(seed: number, withText = false): Promise<LaneReply> {
    const request: LaneRequest = { seed, withText };
    const reply = this.next();
    this.child.send(request);
    return reply;
  }

  async stop(): Promise<void> {
    this.answer = undefined;
    if (!this.hasEnded) this.child.kill('SIGKILL');
    await this.drop();
  }

  private next(): Promise<LaneReply> {
    return new Promise((resolve, reject) => {
      if (this.hasEnded) return reject(new Error('the lane has ended'));
      this.answer = { resolve, reject };
    });
  }
}

export interface LanePool {
  readonly serverUrl: string;
  readonly template: string;
}

/** A PostgreSQL with a migrated template database, for as long as `work` takes. */
export async function withLanePool<T>(work: (pool: LanePool) => Promise<T>): Promise<T> {
  const server = await startServer();
  const template = `simulation_${process.pid}`;
  try {
    await createTemplate(server.url, template);
    return await work({ serverUrl: server.url, template });
  } finally {
    await dropDatabase(server.url, template).catch(() => undefined);
    await server.stop();
  }
}
