import { createHmac } from 'node:crypto';
import type { StripeEvent } from '../stripe/objects';
import { ConnectionError } from './server';
import { statusOf, WEBHOOK_SECRET } from './wiring';
import type { World } from './world';

const TIMEOUT_MS = 20_000;
/** Compressed: Stripe itself waits hours between the later ones. */
const RETRY_MS = [2000, 5000, 15_000, 60_000];

interface Announcement {
  readonly event: StripeEvent;
  /** Given up for good, unless it is the last news of its customer. */
  isForgotten: boolean;
  isAnswered: boolean;
}

/** Stripe's webhooks: each event is sent until somebody answers with a 2xx; what happens on the way is chance. */
export class Deliveries {
  readonly announcements: Announcement[] = [];
  /** Events that we have answered with a 2xx. */
  readonly acknowledged = new Set<string>();

  constructor(private readonly world: World) {}

  announce(event: StripeEvent): void {
    const { random, profile, isTroubled } = this.world;
    const { doubled, forgotten, late, typicalMs } = profile.delivery;
    const isForgotten = isTroubled && random.chance(forgotten);
    const announcement: Announcement = { event, isForgotten, isAnswered: false };
    this.announcements.push(announcement);
    this.world.tell('stripe', `${event.id} ${event.type} ${JSON.stringify(this.summary(event))}`);
    if (isForgotten) return;
    const delayMs =
      random.latency(typicalMs) + (isTroubled && random.chance(late) ? random.between(1000, 60_000) : 0);
    this.attemptLater(announcement, delayMs, 0);
    if (isTroubled && random.chance(doubled)) {
      this.attemptLater(announcement, random.latency(typicalMs * random.pick([1, 20])), 0);
    }
  }

  /** After the troubles: what is not answered is sent again, and so is the last news of each customer. */
  catchUp(): void {
    const last = new Map(this.announcements.map((one) => [customerOf(one.event), one]));
    for (const announcement of this.announcements) {
      const isLast = last.get(customerOf(announcement.event)) === announcement;
      if (announcement.isAnswered || (announcement.isForgotten && !isLast)) continue;
      announcement.isForgotten = false;
      this.attemptLater(announcement, this.world.random.latency(50), 0);
    }
  }

  get isDone(): boolean {
    return this.announcements.every(({ isAnswered, isForgotten }) => isAnswered || isForgotten);
  }

  private attemptLater(announcement: Announcement, delayMs: number, attempt: number): void {
    this.world.scheduler.schedule(delayMs, () => void this.attempt(announcement, attempt));
  }

  private async attempt(announcement: Announcement, attempt: number): Promise<void> {
    const { event } = announcement;
    const status = await this.post(event);
    this.world.tell('stripe', `${event.id} was answered with ${status}`);
    if (status === 200) announcement.isAnswered = true;
    else if (!announcement.isAnswered && attempt < 50) {
      this.attemptLater(announcement, RETRY_MS[attempt] ?? 60_000, attempt + 1);
    }
  }

  private async post(event: StripeEvent): Promise<number> {
    const { random, webs, isTroubled, profile } = this.world;
    const web = random.pick(webs);
    if (isTroubled && random.chance(profile.delivery.lost)) return 0;
    const rawBody = Buffer.from(JSON.stringify(event));
    const delivery = { rawBody, signature: this.sign(rawBody), requestId: `req-${event.id}` };
    try {
      await web.request(async ({ ingest }) => {
        await ingest.receive(delivery);
        this.acknowledged.add(event.id);
      }, TIMEOUT_MS);
      return 200;
    } catch (error) {
      if (error instanceof ConnectionError) return 0;
      const status = statusOf(error);
      if (status !== 503)
        this.world.violate('I9', `a valid delivery was answered with ${status}: ${String(error)}`);
      return status;
    }
  }

  private sign(body: Buffer): string {
    const seconds = Math.floor(this.world.scheduler.nowMs / 1000);
    const mac = createHmac('sha256', WEBHOOK_SECRET).update(`${seconds}.`).update(body).digest('hex');
    return `t=${seconds},v1=${mac}`;
  }

  private summary({ data }: StripeEvent): unknown {
    const { id, status, customer } = data.object as Record<string, unknown>;
    return { id, status, customer };
  }
}

export function customerOf({ data }: StripeEvent): string {
  const { id, object, customer } = data.object as Record<string, string>;
  return (object === 'customer' ? id : customer) ?? '';
}
