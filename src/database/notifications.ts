import type { Client } from 'pg';
import { DeadlineClient, endClient } from './deadline-client';

const RECONNECT_MS = 1000;
const HEARTBEAT_MS = 5000;
const DEADLINE_MS = 3000;

/**
 * LISTEN on a connection of its own; reconnects forever. A notification is only a wake-up: the listener must also
 * poll, because what is sent while the connection is down is lost. A heartbeat finds a connection that is dead without
 * being closed.
 */
export class NotificationListener {
  private client: Client | undefined;
  private closed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly channel: string,
    private readonly onNotification: (payload: string) => void,
  ) {}

  /** Resolves once listening, or once the first attempt has failed (retries go on in the background). */
  async start(): Promise<void> {
    const client = new DeadlineClient({
      connectionString: this.url,
      keepAlive: true,
      connectionTimeoutMillis: 2000,
      deadlineMs: DEADLINE_MS,
    });
    client.on('notification', ({ payload }) => this.onNotification(payload ?? ''));
    client.on('error', () => this.reconnectLater(client));
    client.on('end', () => this.reconnectLater(client));
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.channel)}`);
      // What was missed while disconnected is found by one look now.
      this.onNotification('');
      this.beat(client);
    } catch {
      this.reconnectLater(client);
    }
  }

  async stop(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    if (this.client !== undefined) await endClient(this.client);
  }

  private beat(client: Client): void {
    if (this.closed || this.client !== client) return;
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.beat(client),
        () => this.reconnectLater(client),
      );
    }, HEARTBEAT_MS);
    this.timer.unref();
  }

  private reconnectLater(client: Client): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    clearTimeout(this.timer);
    void endClient(client);
    this.timer = setTimeout(() => void this.start(), RECONNECT_MS);
    this.timer.unref();
  }
}
