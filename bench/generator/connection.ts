import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');
const NO_BODY = new Set([204, 304]);

/** One keep-alive connection with one request at a time. Reads only what it needs of an answer: its status and its end. */
export class Connection {
  private readonly socket: Socket;
  private pending: Buffer = Buffer.alloc(0);
  /** Bytes of the body that are still to come; undefined while the head is read. */
  private left: number | 'chunked' | undefined;
  private status = 0;
  private done: ((status: number) => void) | undefined;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (chunk) => this.read(chunk));
    this.socket.on('error', () => this.finish(0));
    this.socket.on('close', () => this.finish(0));
  }

  /** Calls `done` with the status, or with 0 when the connection broke. */
  send(request: Buffer, done: (status: number) => void): void {
    this.done = done;
    if (this.socket.destroyed) setImmediate(() => this.finish(0));
    else this.socket.write(request);
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  close(): void {
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    if (this.left === undefined) {
      this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
      const end = this.pending.indexOf(HEAD_END);
      if (end < 0) return;
      const head = this.pending.toString('latin1', 0, end);
      const body = this.pending.subarray(end + HEAD_END.length);
      this.status = Number(head.slice(9, 12));
      this.left = bodyLength(head, this.status);
      this.pending = Buffer.alloc(0);
      this.readBody(body);
    } else this.readBody(chunk);
  }

  private readBody(chunk: Buffer): void {
    if (this.left === 'chunked') {
      if (chunk.subarray(-CHUNKS_END.length).equals(CHUNKS_END)) this.finish(this.status);
      return;
    }
    this.left = (this.left ?? 0) - chunk.length;
    if (this.left <= 0) this.finish(this.status);
  }

  private finish(status: number): void {
    this.left = undefined;
    const done = this.done;
    this.done = undefined;
    done?.(status);
  }
}

function bodyLength(head: string, status: number): number | 'chunked' {
  if (NO_BODY.has(status)) return 0;
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  return length === undefined ? 'chunked' : Number(length);
}
