import { Injectable } from '@nestjs/common';
import { StripeConfig } from 'src/config/app-config';
import { EventEffects, type ListedEvent } from 'src/modules/payments';
import { findReasonToIgnore } from 'src/modules/webhooks/domain/stripe-event';
import { parseEventEnvelope } from 'src/modules/webhooks/event-envelope';
import { InboxIntakeRepository } from 'src/modules/webhooks/persistence/inbox-intake.repository';

/** In the row of an event that no webhook delivered, in place of the id of a request. */
const REQUEST_ID = 'events-poller';

/** Puts listed events into the same inbox as delivered ones. An event that is there already stays as it is. */
@Injectable()
export class PolledEvents {
  constructor(
    private readonly inbox: InboxIntakeRepository,
    private readonly effects: EventEffects,
    private readonly stripe: StripeConfig,
  ) {}

  /** Returns the ids that were new: no webhook had delivered them. The rows are committed. */
  async store(listed: readonly ListedEvent[]): Promise<string[]> {
    const unknown = new Set(await this.inbox.findUnknown(listed.map(({ id }) => id)));
    const missed = listed.filter(({ id }) => unknown.has(id)).reverse();
    for (const { payload } of missed) await this.insert(payload);
    return missed.map(({ id }) => id);
  }

  private async insert(payload: string): Promise<void> {
    const event = parseEventEnvelope(payload);
    if (event === undefined) return;
    const handling = this.effects.handlingOf(event.type);
    await this.inbox.insert({
      event,
      payload,
      requestId: REQUEST_ID,
      ignoreReason: findReasonToIgnore(event, this.stripe.livemode, handling),
      hintDelayMs: 0,
    });
  }
}
