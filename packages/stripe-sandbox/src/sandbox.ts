import { Clock } from './core/clock';
import { Journal, type RecordedEvent } from './core/journal';
import { SeededRandom } from './core/random';
import { Scheduler } from './core/scheduler';
import { Signals } from './core/signals';
import { Store, type Stored } from './core/store';
import type { Job } from './core/scheduler';
import type { Settings, World } from './core/world';
import { ApiFaultPlan, NO_API_FAULTS } from './http/api-faults';
import { Expander, type Includable } from './http/expand';
import { IdempotencyKeys } from './http/idempotency';
import type { Resource } from './http/resource';
import {
  acknowledgeEvent,
  eventBody,
  type EventRecord,
  events,
  fileEvent,
  findEventAbout,
  pruneEvents,
} from './resources/events/event';
import { endpointsFor, secretsOf, webhookEndpoints } from './resources/webhook-endpoints/webhook-endpoint';
import { allResources } from './resources';
import type { ResendTarget } from './resources/events/event.resource';
import type { Delivery } from './webhooks/delivery';
import { CliListeners } from './webhooks/cli-listeners';
import { Dispatcher } from './webhooks/dispatcher';

/** The complete state of a sandbox, as plain data. */
export interface Snapshot {
  version: 1;
  offset_seconds: number;
  records: Record<string, Stored[]>;
  jobs: Job[];
  deliveries: Delivery[];
  idempotency: ReturnType<IdempotencyKeys['dump']>;
}

/** One Stripe: its state, its time and its deliveries, without HTTP. Many can live in one process. */
export class Sandbox {
  readonly world: World;
  readonly resources: Resource[];
  readonly dispatcher: Dispatcher;
  readonly listeners = new CliListeners();
  readonly keys = new IdempotencyKeys();
  readonly apiFaults = new ApiFaultPlan();
  readonly expander: Expander;
  /** Counts changes of state; a snapshot is due when it moved. */
  revision = 0;

  constructor(settings: Settings, seed: number) {
    const clock = new Clock();
    const random = new SeededRandom(seed);
    const journal = new Journal(random, (recorded) => this.publish(recorded));
    const scheduler = new Scheduler(clock, (work) => journal.automatic(work));
    this.world = { store: new Store(), clock, scheduler, journal, random, settings, signals: new Signals() };
    this.dispatcher = new Dispatcher(this.deliverySource(), settings);
    this.resources = allResources(
      (event, to) => this.resend(event, to),
      () => this.listeners.open(),
    );
    this.expander = new Expander(collectIncludables(this.resources));
    for (const resource of this.resources) resource.start?.(this.world);
  }

  /** Endpoints that refuse `invoice.created` delay finalization, as on Stripe. */
  delayFinalization(): void {
    this.world.settings.isHeldBack = (invoice) => {
      const event = findEventAbout(this.world, 'invoice.created', invoice);
      return event !== undefined && this.dispatcher.isRefused(event.id);
    };
  }

  snapshot(): Snapshot {
    return {
      version: 1,
      offset_seconds: this.world.clock.offset,
      records: this.world.store.dump(),
      jobs: this.world.scheduler.pending(),
      deliveries: this.dispatcher.list().reverse(),
      idempotency: this.keys.dump(),
    };
  }

  restore(snapshot: Snapshot): void {
    this.world.store.load(snapshot.records);
    this.world.clock.restore(snapshot.offset_seconds);
    this.world.scheduler.load(snapshot.jobs);
    this.keys.load(snapshot.idempotency);
    this.dispatcher.load(snapshot.deliveries);
  }

  /** Resets to an empty account at real time. */
  reset(): void {
    this.dispatcher.clear();
    this.apiFaults.use(NO_API_FAULTS);
    this.restore({ version: 1, offset_seconds: 0, records: {}, jobs: [], deliveries: [], idempotency: [] });
    this.revision++;
  }

  close(): void {
    this.world.scheduler.stop();
    this.dispatcher.close();
    this.listeners.close();
  }

  private publish(recorded: RecordedEvent[]): void {
    this.revision++;
    for (const emission of recorded) {
      const endpoints = endpointsFor(this.world, emission.type);
      const event = fileEvent(this.world, emission, endpoints.length);
      for (const endpoint of endpoints) this.dispatcher.send(event, endpoint, emission.delayMs ?? 0);
      if (this.listeners.count > 0) this.listeners.send(eventBody(event));
    }
    pruneEvents(this.world, (eventId) => this.dispatcher.isUnderWay(eventId));
  }

  private resend(event: EventRecord, to: ResendTarget): void {
    if (to.stripeCli) {
      this.listeners.send(eventBody(event));
      return;
    }
    const receivers = endpointsFor(this.world, event.type).filter(
      ({ id }) => !to.endpoint || id === to.endpoint,
    );
    for (const endpoint of receivers) this.dispatcher.send(event, endpoint);
  }

  private deliverySource() {
    return {
      body: (eventId: string) => {
        const event = events(this.world).find(eventId);
        return event && eventBody(event);
      },
      target: (endpointId: string) => {
        const endpoint = webhookEndpoints(this.world).find(endpointId);
        const secrets = secretsOf(this.world, endpointId);
        if (endpoint?.status !== 'enabled' || secrets.length === 0) return undefined;
        return { url: endpoint.url, secrets };
      },
      accepted: (eventId: string) => {
        this.revision++;
        acknowledgeEvent(this.world, eventId);
      },
    };
  }
}

function collectIncludables(resources: readonly Resource[]): Map<string, Includable> {
  return new Map(resources.flatMap((resource) => Object.entries(resource.includables ?? {})));
}
