import { type Attempt, type Delivery, isAccepted, isOver, newDelivery } from './delivery';
import { DeliveryFaultPlan, type DeliveryFaults, NO_DELIVERY_FAULTS } from './faults';
import { FirstResponses } from './first-responses';
import { ConcurrencyLimit } from './concurrency-limit';
import { WebhookClient } from './webhook-client';
import { signatureHeader } from './signature';
import { Counter } from './counter';

/** Looks up events and endpoints at each attempt. */
export interface DeliverySource {
  /** The body to send, or undefined when the event is gone. */
  body(eventId: string): string | undefined;
  /** Where to send it, or undefined when the endpoint is gone or disabled: no more retries then. */
  target(endpointId: string): { url: string; secrets: readonly string[] } | undefined;
  /** Called when an endpoint accepted an event. */
  accepted(eventId: string, endpointId: string): void;
}

export interface DispatchSettings {
  retryDelaysMs: readonly number[];
  deliveryTimeoutMs: number;
}

const KEPT = 5_000;
const AT_A_TIME = 64;

/** Delivers events: at once, again after growing pauses, each attempt freshly signed in real time. */
export class Dispatcher {
  private deliveries = new Map<string, Delivery>();
  /** How many deliveries of an event are not over yet. */
  private readonly underWay = new Counter();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly answers = new FirstResponses();
  private readonly client = new WebhookClient();
  private readonly gate = new ConcurrencyLimit(AT_A_TIME);
  private paused = false;
  private closed = false;
  plan = new DeliveryFaultPlan(NO_DELIVERY_FAULTS);

  constructor(
    private readonly source: DeliverySource,
    private readonly settings: DispatchSettings,
  ) {}

  /** Sends an event to an endpoint. Faults may drop, duplicate or delay it. */
  send(event: { id: string; type: string }, endpoint: { id: string; url: string }, delayMs = 0): void {
    const fate = this.plan.fate();
    for (let copy = 0; copy < fate.copies; copy++) {
      const delivery = newDelivery(event, endpoint);
      this.remember(delivery);
      if (fate.dropped) this.settle(delivery, 'dropped');
      else this.later(delivery, delayMs + fate.delayMs);
    }
  }

  /** Resolves when every delivery of the event had its first answer, or after `longestMs`. */
  firstAnswers(eventId: string, longestMs: number): Promise<void> {
    const isOpen = () =>
      !this.closed &&
      [...this.deliveries.values()].some(
        ({ event, state, attempts }) => event === eventId && state === 'pending' && attempts.length === 0,
      );
    return this.answers.wait(eventId, longestMs, isOpen);
  }

  /** Whether an endpoint was asked and has not accepted the event; what was not sent yet does not count. */
  isRefused(eventId: string): boolean {
    return [...this.deliveries.values()].some(
      ({ event, attempts, state }) => event === eventId && attempts.length > 0 && state !== 'succeeded',
    );
  }

  /** Whether a delivery of the event is still to be made, or to be made again. */
  isUnderWay(eventId: string): boolean {
    return this.underWay.has(eventId);
  }

  pause(): void {
    this.paused = true;
  }

  /** Sends everything that was held, in the order in which it was created. */
  resume(): number {
    this.paused = false;
    const held = [...this.deliveries.values()].filter((delivery) => delivery.state === 'held');
    for (const delivery of held) this.later({ ...delivery, state: 'pending' }, 0);
    return held.length;
  }

  get isPaused(): boolean {
    return this.paused;
  }

  useFaults(faults: DeliveryFaults): void {
    this.plan = new DeliveryFaultPlan(faults);
  }

  list(): Delivery[] {
    return [...this.deliveries.values()].reverse();
  }

  /** Loads the deliveries of a snapshot: pending ones are retried at once, held ones stay held. */
  load(deliveries: Delivery[]): void {
    this.deliveries = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    this.paused = deliveries.some(({ state }) => state === 'held');
    for (const delivery of deliveries) {
      if (isOver(delivery)) continue;
      this.underWay.add(delivery.event);
      if (delivery.state === 'pending') this.later(delivery, 0);
    }
  }

  close(): void {
    this.closed = true;
    this.clearTimers();
    this.answers.wakeAll();
    this.client.close();
  }

  /** Clears all deliveries, e.g. for a reset. */
  clear(): void {
    this.clearTimers();
    this.deliveries.clear();
    this.underWay.clear();
    this.paused = false;
    this.useFaults(NO_DELIVERY_FAULTS);
  }

  private later(delivery: Delivery, delayMs: number): void {
    if (this.closed) return;
    this.deliveries.set(delivery.id, { ...delivery, next_attempt_at: Date.now() + delayMs });
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.gate.enter(() => this.attempt(delivery.id));
    }, delayMs);
    this.timers.add(timer);
  }

  private async attempt(id: string): Promise<void> {
    const delivery = this.deliveries.get(id);
    if (!delivery || this.closed) return;
    if (this.paused) {
      this.settle(delivery, 'held');
      return;
    }
    const body = this.source.body(delivery.event);
    const target = this.source.target(delivery.endpoint);
    if (body === undefined || !target) {
      this.settle(delivery, 'canceled');
      return;
    }
    const startedAt = Date.now();
    const signature = signatureHeader(body, target.secrets, Math.floor(startedAt / 1000));
    const sent = this.plan.corrupts() ? body.replace('"object"', '"objekt"') : body;
    const timeoutMs = this.settings.deliveryTimeoutMs;
    const answer = await this.client.post({ url: target.url, body: sent, signature, timeoutMs });
    if (this.closed || !this.deliveries.has(delivery.id)) return;
    const attempt: Attempt = {
      at: new Date(startedAt).toISOString(),
      ...answer,
      duration_ms: Date.now() - startedAt,
    };
    this.conclude({ ...delivery, url: target.url, attempts: [...delivery.attempts, attempt] }, answer.status);
  }

  private conclude(delivery: Delivery, status: number | null): void {
    if (isAccepted(status)) {
      this.source.accepted(delivery.event, delivery.endpoint);
      this.settle(delivery, 'succeeded');
      return;
    }
    const pause = this.settings.retryDelaysMs[delivery.attempts.length - 1];
    if (pause === undefined) this.settle(delivery, 'failed');
    else this.later(delivery, pause);
    this.answers.wake(delivery.event);
  }

  private settle(delivery: Delivery, state: Delivery['state']): void {
    this.deliveries.set(delivery.id, { ...delivery, state, next_attempt_at: null });
    if (state !== 'held') this.underWay.take(delivery.event);
    this.answers.wake(delivery.event);
  }

  private remember(delivery: Delivery): void {
    this.deliveries.set(delivery.id, delivery);
    this.underWay.add(delivery.event);
    if (this.deliveries.size <= KEPT) return;
    for (const [id, old] of this.deliveries) {
      if (this.deliveries.size <= KEPT) break;
      if (isOver(old)) this.deliveries.delete(id);
    }
  }

  private clearTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
