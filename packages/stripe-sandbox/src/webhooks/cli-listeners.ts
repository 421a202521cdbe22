import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { newId, randomText } from '../core/random';
import { signatureHeader } from './signature';
import { DELIVERY_HEADERS } from './webhook-client';

/** The WebSocket subprotocol of the Stripe CLI. */
const PROTOCOL = 'stripecli-devproxy-v1';
/** Unused sessions are dropped. */
const MOST_SESSIONS = 100;

export interface CliSession {
  id: string;
  secret: string;
}

/**
 * The receivers of `stripe listen`: each opens a session, then a socket with its id, and gets every event signed with the
 * secret it printed. The CLI forwards it and reports the response. Nothing is retried when a socket is lost.
 */
export class CliListeners {
  private readonly sessions = new Map<string, CliSession>();
  private readonly sockets = new Map<WebSocket, CliSession>();
  private readonly server = new WebSocketServer({ noServer: true, handleProtocols: () => PROTOCOL });
  /** The same for all listeners of a sandbox, as the CLI prints it once per account. */
  private readonly secret = `whsec_${randomText(32)}`;

  open(): CliSession {
    const session = { id: newId('cliws', 24), secret: this.secret };
    this.sessions.set(session.id, session);
    const [oldest = ''] = this.sessions.keys();
    if (this.sessions.size > MOST_SESSIONS) this.sessions.delete(oldest);
    return session;
  }

  /** Handles WebSocket upgrades at `/subscribe/{session}` of an HTTP server. */
  attach(http: Server): void {
    http.on('upgrade', (request, socket, head) => {
      const id = /^\/subscribe\/(\w+)/.exec(request.url ?? '')?.[1];
      const session = this.sessions.get(id ?? '');
      if (!session) {
        socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
        return;
      }
      this.server.handleUpgrade(request, socket, head, (opened) => this.listen(opened, session));
    });
  }

  /** Sends an event to all listeners. */
  send(body: string): void {
    for (const [socket, { secret }] of this.sockets) {
      const signature = signatureHeader(body, [secret], Math.floor(Date.now() / 1000));
      socket.send(
        JSON.stringify({
          type: 'webhook_event',
          endpoint: { api_version: null },
          event_payload: body,
          http_headers: { ...DELIVERY_HEADERS, 'Stripe-Signature': signature },
          webhook_conversation_id: newId('wc', 24),
          webhook_id: newId('wh', 24),
        }),
      );
    }
  }

  get count(): number {
    return this.sockets.size;
  }

  close(): void {
    for (const socket of this.sockets.keys()) socket.terminate();
    this.sockets.clear();
    this.server.close();
  }

  private listen(socket: WebSocket, session: CliSession): void {
    this.sockets.set(socket, session);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.terminate());
  }
}
