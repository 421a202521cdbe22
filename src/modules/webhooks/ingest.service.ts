import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { StripeConfig } from 'src/config/app-config';
import { Failpoints } from 'src/config/failpoints';
import { EventEffects } from 'src/modules/payments';
import { findReasonToIgnore } from './domain/stripe-event';
import { parseEventEnvelope } from './event-envelope';
import { EventHinter } from './event-hinter';
import { InboxWriter } from './inbox-writer';
import { DeliveryVerifier } from './refused/delivery-verifier';
import { MalformedEventError } from './webhooks.errors';

/** A row whose hint died with the process is found by the dispatcher after this. */
const HINT_GRACE_MS = 1000;

export interface Delivery {
  readonly rawBody: Buffer;
  readonly signature: string | string[] | undefined;
  readonly requestId: string;
}

/** From a delivery to a committed inbox row. Does no work of the event and waits for nothing but the database. */
@Injectable()
export class IngestService {
  private readonly logger = new Logger(IngestService.name);

  constructor(
    private readonly verifier: DeliveryVerifier,
    private readonly effects: EventEffects,
    private readonly inbox: InboxWriter,
    private readonly hinter: EventHinter,
    private readonly stripe: StripeConfig,
    private readonly failpoints: Failpoints,
  ) {}

  /**
   * When it returns, the event is stored and a 2xx is safe; duplicates are as good as the first. Throws SignatureError
   * or MalformedEventError (400), or the database's outage (503): Stripe will send it again.
   */
  async receive(delivery: Delivery): Promise<void> {
    this.verifier.verify(delivery);
    const payload = delivery.rawBody.toString('utf8');
    const event = parseEventEnvelope(payload);
    if (event === undefined) this.verifier.note('not_an_event');
    if (event === undefined) return this.quarantine(payload, delivery.requestId);
    const ignoreReason = findReasonToIgnore(event, this.stripe.livemode, this.effects.handlingOf(event.type));
    if (ignoreReason === 'livemode_mismatch') this.verifier.note('wrong_mode');
    // Like the later points, only for events that mean work: an ignored one may arrive during the checkout.
    if (ignoreReason === undefined) this.failpoints.hit('web.before_insert');
    const ready = this.hinter.isReady();
    const stored = await this.inbox.store({
      event,
      payload,
      requestId: delivery.requestId,
      ignoreReason,
      hintDelayMs: ready ? HINT_GRACE_MS : 0,
    });
    if (stored.status !== 'pending') return;
    this.failpoints.hit('web.after_insert');
    this.hinter.hintSoon({
      ...stored,
      eventId: event.id,
      type: event.type,
      isDispatched: stored.inserted && !ready,
    });
  }

  private async quarantine(payload: string, requestId: string): Promise<never> {
    // PostgreSQL text cannot hold NUL.
    const storable = payload.replaceAll('\u0000', '\uFFFD');
    await this.inbox.quarantine(storable, createHash('sha256').update(payload).digest('hex'), requestId);
    this.logger.error({ request_id: requestId }, 'signed webhook body is not an event; quarantined');
    throw new MalformedEventError();
  }
}
