import { Injectable } from '@nestjs/common';
import { StripeGateway } from './stripe.gateway';

/** Stripe accepts so many types per call. https://docs.stripe.com/api/events/list */
export const MOST_TYPES_PER_CALL = 20;
/** Stripe lists events for so long. */
export const EVENT_HORIZON_DAYS = 30;
const PAGE = 100;

export interface ListedEvent {
  readonly id: string;
  readonly createdAt: Date;
  /** As JSON. The bytes differ from those of a delivery; the content is the same. */
  readonly payload: string;
}

export interface EventRange {
  /** At most 20. */
  readonly types: readonly string[];
  readonly from: Date;
  /** Exclusive; undefined: everything that is newer. */
  readonly until: Date | undefined;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The events that Stripe has announced, whether or not a webhook delivered them. */
@Injectable()
export class StripeEvents {
  constructor(private readonly gateway: StripeGateway) {}

  /** Newest first, one page at a time. Throws StripeUnavailableError. */
  async *pages({ types, from, until }: EventRange): AsyncGenerator<readonly ListedEvent[]> {
    let after: string | undefined;
    for (;;) {
      const page = await this.gateway.call((stripe) =>
        stripe.events.list({
          types: [...types],
          created: { gte: seconds(from), ...(until === undefined ? {} : { lt: seconds(until) }) },
          limit: PAGE,
          ...(after === undefined ? {} : { starting_after: after }),
        }),
      );
      yield page.data.map((event) => ({
        id: event.id,
        createdAt: new Date(event.created * 1000),
        payload: JSON.stringify(event, null, 2),
      }));
      after = page.data.at(-1)?.id;
      if (!page.has_more || after === undefined) return;
    }
  }
}
