import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import {
  InboxHealthRepository,
  type InboxSigns,
  type RefusedCause,
} from 'src/modules/webhooks/persistence/inbox-health.repository';

const REFUSED_DAYS = 30;

export interface ArrivalSigns extends InboxSigns {
  /** Business time since the last complete poll; undefined before the first. */
  readonly polledMs: number | undefined;
}

/** Whether events arrive and are processed. */
@Injectable()
export class InboxHealth {
  constructor(
    private readonly inbox: InboxHealthRepository,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<ArrivalSigns> {
    const [signs, polledAt] = await Promise.all([this.inbox.read(), this.inbox.findPolledAt()]);
    const polledMs = polledAt === undefined ? undefined : this.clock.now().getTime() - polledAt.getTime();
    return { ...signs, polledMs };
  }

  /** Deliveries of the last 30 days that were refused, by cause, the latest first. */
  listRefused(): Promise<RefusedCause[]> {
    return this.inbox.listRefused(REFUSED_DAYS);
  }
}
