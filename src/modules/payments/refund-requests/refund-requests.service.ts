import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { Database } from 'src/database/database';
import { MOST_REQUESTS, REQUEST_WINDOW_DAYS, type RefundRequest } from './domain/refund-request';
import { RefundRequestsRepository } from './persistence/refund-requests.repository';
import {
  NothingToRefundError,
  RefundRequestOpenError,
  TooManyRefundRequestsError,
} from './refund-requests.errors';

const DAY_MS = 86_400_000;
const MOST_LISTED = 50;

export interface RefundWish {
  readonly userId: string;
  /** Id or number; the newest refundable one if left out. */
  readonly invoice: string | undefined;
  readonly reason: string;
}

/** What students do: they request refunds and read what became of them. Nothing here moves money. */
@Injectable()
export class RefundRequestsService {
  constructor(
    private readonly database: Database,
    private readonly requests: RefundRequestsRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws `nothing_to_refund`, `refund_request_open` or `too_many_refund_requests`. */
  async request({ userId, invoice, reason }: RefundWish): Promise<RefundRequest> {
    const createdAt = this.clock.now();
    return this.database.transaction(async () => {
      await this.requests.lockUser(userId);
      const refundable = await this.requests.findRefundable(userId, invoice);
      if (refundable === undefined) throw new NothingToRefundError();
      const since = new Date(createdAt.getTime() - REQUEST_WINDOW_DAYS * DAY_MS);
      const count = await this.requests.countSince(userId, since);
      const request =
        count < MOST_REQUESTS
          ? await this.requests.insert({ userId, invoice: refundable, reason, createdAt })
          : undefined;
      if (request !== undefined) return request;
      throw count < MOST_REQUESTS ? new RefundRequestOpenError() : new TooManyRefundRequestsError();
    });
  }

  /** The newest first. */
  list(userId: string): Promise<RefundRequest[]> {
    return this.requests.listOfUser(userId, MOST_LISTED);
  }
}
