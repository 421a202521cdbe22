import { newId } from '../core/random';
import { type Attempt, type Delivery, isAccepted } from './delivery';
import { DeliveryFaultPlan, type DeliveryFaults, NO_DELIVERY_FAULTS } from './faults';
import { Gate } from './gate';
import { Postman } from './post';
import { signatureHeader } from './signature';

/** What the dispatcher asks about events and endpoints at the moment of each attempt. */
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
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly waiters = new Map<string, Array<() => void>>();
  private readonly postman = new Postman();
  private readonly gate = new Gate(AT_A_TIME);
  private paused = false;
  private closed = false;
  plan = new DeliveryFaultPlan(NO_DELIVERY_FAULTS);

  constructor(
    private readonly source: DeliverySource,
    private readonly settings: DispatchSettings,
  ) {}

  /** Sends an event to an endpoint. Faults may drop, double or delay it. */
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
  async firstAnswers(eventId: string, longestMs: number): Promise<void> {
    const open = () =>
      [...this.deliveries.values()].some(
        (delivery) =>
          delivery.event === eventId && delivery.state === 'pending' && delivery.attempts.length === 0,
      );
    const deadline = Date.now() + longestMs;
    while (open() && Date.now() < deadline && !this.closed) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now());
        this.timers.add(timer);
        const wake = () => {
          clearTimeout(timer);
          this.timers.delete(timer);
          resolve();
        };
        this.waiters.set(eventId, [...(this.waiters.get(eventId) ?? []), wake]);
      });
    }
  }

  /** Whether an endpoint was asked and has not accepted the event; what was not sent yet does not count. */
  isRefused(eventId: string): boolean {
    return [...this.deliveries.values()].some(
      ({ event, attempts, state }) => event === eventId && attempts.length > 0 && state !== 'succeeded',
    );
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

  /** Takes over the deliveries of a snapshot; what was still open is tried again at once. */
  load(deliveries: Delivery[]): void {
    this.deliveries = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    for (const delivery of deliveries) if (delivery.state === 'pending') this.later(delivery, 0);
  }

  close(): void {
    this.closed = true;
    this.clearTimers();
    for (const wakes of this.waiters.values()) for (const wake of wakes) wake();
    this.postman.close();
  }

  /** Forgets everything, e.g. for a reset. */
  clear(): void {
    this.clearTimers();
    this.deliveries.clear();
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
    const answer = await this.postman.post({ url: target.url, body: sent, signature, timeoutMs });
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
    this.wake(delivery.event);
  }

  private settle(delivery: Delivery, state: Delivery['state']): void {
    this.deliveries.set(delivery.id, { ...delivery, state, next_attempt_at: null });
    this.wake(delivery.event);
  }

  private wake(eventId: string): void {
    const wakes = this.waiters.get(eventId) ?? [];
    this.waiters.delete(eventId);
    for (const wake of wakes) wake();
  }

  private remember(delivery: Delivery): void {
    this.deliveries.set(delivery.id, delivery);
    if (this.deliveries.size <= KEPT) return;
    for (const [id, old] of this.deliveries) {
      if (this.deliveries.size <= KEPT) break;
      if (old.state !== 'pending' && old.state !== 'held') this.deliveries.delete(id);
    }
  }

  private clearTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}

function newDelivery(event: { id: string; type: string }, endpoint: { id: string; url: string }): Delivery {
  return {
    id: newId('whdel', 20),
    event: event.id,
    type: event.type,
    endpoint: endpoint.id,
    url: endpoint.url,
    state: 'pending',
    attempts: [],
    next_attempt_at: null,
  };
}
