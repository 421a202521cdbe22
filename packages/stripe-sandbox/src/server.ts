import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { PREMIUM } from './catalog';
import { serveControl } from './control/control';
import { API_VERSION } from './core/version';
import { serveApi } from './http/api';
import { RateLimit } from './http/rate-limit';
import { hostnameOf, refuseOtherSites } from './http/same-site';
import { type SandboxOptions, settingsOf } from './options';
import { servePages } from './pages/pages';
import { ensureCatalog } from './resources/prices/catalog';
import { ensureEndpoint } from './resources/webhook-endpoints/webhook-endpoint';
import { idsOf, onClockOf } from './resources/test-clocks/test-clock';
import { Sandbox } from './sandbox';
import { SnapshotFile } from './snapshot-file';

const BODY_LIMIT = 1024 * 1024;

/** A sandbox that serves HTTP. */
export class SandboxServer {
  readonly sandbox: Sandbox;
  private readonly server: FastifyInstance;
  private readonly file: SnapshotFile | undefined;
  private address = '';

  constructor(private readonly options: SandboxOptions) {
    this.sandbox = new Sandbox(settingsOf(options), options.seed ?? Date.now());
    if (options.delayFinalization) this.sandbox.delayFinalization();
    this.file = options.snapshotPath ? new SnapshotFile(options.snapshotPath, this.sandbox) : undefined;
    this.server = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
    this.server.removeAllContentTypeParsers();
    this.server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    refuseOtherSites(this.server, () =>
      [hostnameOf(this.sandbox.world.settings.publicUrl), this.options.host].filter(
        (name) => name !== undefined,
      ),
    );
    const { world, resources, expander, keys, apiFaults } = this.sandbox;
    const routes = resources.flatMap((resource) => resource.routes);
    serveApi(this.server, {
      world,
      routes,
      expander,
      keys,
      faults: apiFaults,
      limit: new RateLimit(this.options.rateLimit ?? Infinity),
      atClockOf: (call, work) => onClockOf(world, idsOf(call), work),
      changed: () => this.sandbox.revision++,
    });
    serveControl(this.server, this.sandbox, () => this.prepare());
    servePages(this.server, this.sandbox);
    this.sandbox.listeners.attach(this.server.server);
  }

  /** Base address, known once it listens. */
  get url(): string {
    return this.address;
  }

  /** Starts listening; rejects with EADDRINUSE when the port is taken. Resolves with the base address. */
  async listen(): Promise<string> {
    this.file?.load();
    const host = this.options.host ?? '127.0.0.1';
    await this.server.listen({ port: this.options.port ?? 0, host });
    const { port } = this.server.server.address() as AddressInfo;
    this.address = `http://${host}:${port}`;
    const { settings } = this.sandbox.world;
    settings.publicUrl = (this.options.publicUrl ?? this.address).replace(/\/$/, '');
    this.prepare();
    this.file?.start();
    return this.address;
  }

  advance(seconds: number): void {
    const { clock, scheduler } = this.sandbox.world;
    scheduler.advanceTo(clock.now() + seconds);
    this.sandbox.revision++;
  }

  now(): number {
    return this.sandbox.world.clock.now();
  }

  reset(): void {
    this.sandbox.reset();
    this.prepare();
  }

  /** Stops listening and delivering; saves the state when there is a file for it. */
  async close(): Promise<void> {
    this.sandbox.close();
    await this.server.close();
    this.file?.stop();
  }

  private prepare(): void {
    const { world } = this.sandbox;
    const { catalog, webhookUrl, webhookSecret } = this.options;
    if (webhookUrl && webhookSecret) {
      ensureEndpoint(world, { url: webhookUrl, secret: webhookSecret, apiVersion: API_VERSION });
    }
    if (!catalog) return;
    const wanted = catalog === 'premium' ? PREMIUM : catalog;
    world.journal.automatic(() => ensureCatalog(world, wanted));
  }
}
