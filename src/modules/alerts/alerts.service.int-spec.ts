import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HEALTHY, PROVOKED } from '../../../test/factories/alert-facts.factory';
import { testConfig } from '../../../test/support/config';
import { useTestDatabase } from '../../../test/support/use-test-database';
import { Outbox } from '../../mail/outbox';
import { OutboxRepository } from '../../mail/persistence/outbox.repository';
import { AlertEmails } from './alert-emails';
import { AlertWebhook } from './alert-webhook';
import { AlertsService } from './alerts.service';
import { ALERT_CLASSES, DEFAULT_THRESHOLDS } from './domain/alert-classes';
import { AlertsRepository } from './persistence/alerts.repository';

describe('alerts', () => {
  const testDatabase = useTestDatabase();
  const posted: string[] = [];
  let status = 200;
  let server: Server;
  let alerts: AlertsService;
  let now = new Date('2026-03-01T00:00:00Z');

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (status === 200) posted.push((JSON.parse(body) as { text: string }).text);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const config = testConfig({
      databaseUrl: testDatabase.url,
      env: { ALERT_EMAILS: 'ops@example.test', ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/hook` },
    });
    const repository = new AlertsRepository(testDatabase.database);
    const outbox = new Outbox(new OutboxRepository(testDatabase.database), config.mail);
    alerts = new AlertsService(
      testDatabase.database,
      repository,
      new AlertEmails(outbox, config.alerts),
      new AlertWebhook(repository, config.alerts),
      DEFAULT_THRESHOLDS,
    );
  });
  beforeEach(async () => {
    status = 200;
    posted.length = 0;
    await testDatabase.database.query('DELETE FROM alerts');
    await testDatabase.database.query('DELETE FROM outbox');
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const look = async (facts: Partial<typeof HEALTHY>, afterSeconds = 10) => {
    now = new Date(now.getTime() + afterSeconds * 1000);
    await alerts.evaluate({ ...HEALTHY, ...facts }, now);
  };
  const emails = () =>
    testDatabase.database.query<{ key: string }>(
      `SELECT key FROM outbox WHERE key LIKE 'alert:%' ORDER BY created_at`,
    );

  it.each(ALERT_CLASSES)('announces %s once, and its end once, by webhook and email', async (alert) => {
    for (let count = 0; count < 5; count++) await look(PROVOKED[alert]);
    const opened = posted.filter((text) => text.startsWith(`ALERT ${alert}:`));
    for (let count = 0; count < 8; count++) await look({});
    const over = posted.filter((text) => text.startsWith(`OVER ${alert}:`));

    expect([opened.length, over.length]).toEqual([1, 1]);
    expect(opened[0]).toContain(`docs/runbooks/alerts.md#${alert}`);
    expect(posted).toHaveLength((await emails()).length);
  });

  it('keeps one incident open while the value swings around its limit, and opens another after its end', async () => {
    for (let count = 0; count < 4; count++) {
      await look(PROVOKED.backlog);
      await look({});
    }
    expect(posted).toHaveLength(1);
    await look({}, 60);
    await look(PROVOKED.backlog);

    expect(posted.map((text) => text.split(' ')[0])).toEqual(['ALERT', 'OVER', 'ALERT']);
  });

  it('sends what the webhook refused as soon as it accepts again, each change once', async () => {
    status = 500;
    await look(PROVOKED.key_refused);
    await look(PROVOKED.key_refused);
    expect(posted).toEqual([]);
    status = 200;
    await look({}, 60);
    await look({});

    expect(posted.map((text) => text.split(':')[0])).toEqual(['ALERT key_refused', 'OVER key_refused']);
  });

  it('opens one incident when two processes evaluate at the same time', async () => {
    await Promise.allSettled(
      Array.from({ length: 4 }, () => alerts.evaluate({ ...HEALTHY, ...PROVOKED.drift_found }, now)),
    );

    expect(await alerts.list(10)).toHaveLength(1);
    expect(await emails()).toHaveLength(1);
  });
});
