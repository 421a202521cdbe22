import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { LoadPlan, LoadResult } from './plan';

type Reply = { readonly result: LoadResult } | { readonly error: string };

/** The process that sends load. */
export class Generator {
  private readonly child: ChildProcess = fork(join(__dirname, 'main.js'));

  run(plan: LoadPlan): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      this.child.once('message', (reply: Reply) => {
        if ('error' in reply) reject(new Error(reply.error));
        else resolve(reply.result);
      });
      this.child.send(plan);
    });
  }

  stop(): void {
    this.child.disconnect();
  }
}
