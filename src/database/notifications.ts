import { Client } from 'pg';

const RECONNECT_MS = 1000;

/**
 * LISTEN on a connection of its own; reconnects for ever. A notification is only a wake-up:
 * whoever listens must also poll, because what is sent while the connection is down is gone.
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
    const client = new Client({ connectionString: this.url, keepAlive: true, connectionTimeoutMillis: 2000 });
    client.on('notification', ({ payload }) => this.onNotification(payload ?? ''));
    client.on('error', () => this.reconnectLater(client));
    client.on('end', () => this.reconnectLater(client));
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(this.channel)}`);
      // Whatever was missed while disconnected is found by one look now.
      this.onNotification('');
    } catch {
      this.reconnectLater(client);
    }
  }

  async stop(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private reconnectLater(client: Client): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    void client.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.start(), RECONNECT_MS);
    this.timer.unref();
  }
}
