import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { PeerOptions } from './peer-options';

type Reply = { readonly port: number } | { readonly error: string };

/** Another way to do the same work, in a process of its own. */
export class Peer {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(options: PeerOptions): Promise<Peer> {
    const child = fork(join(__dirname, 'main.js'));
    const reply = await new Promise<Reply>((resolve) => {
      child.once('message', (message: Reply) => resolve(message));
      child.once('exit', (code) => resolve({ error: `exit code ${code}` }));
      child.send(options);
    });
    if ('port' in reply) return new Peer(child, reply.port);
    child.kill();
    throw new Error(`${options.name} did not start: ${reply.error}`);
  }

  stop(): void {
    this.child.disconnect();
  }
}
