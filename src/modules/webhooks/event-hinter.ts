import { Injectable, Logger } from '@nestjs/common';
import { Failpoints } from 'src/config/failpoints';
import { Grouping } from 'src/common/grouping';
import { InboxIntakeRepository } from 'src/modules/webhooks/persistence/inbox-intake.repository';
import { EventHints, type EventRef } from './jobs/event-hints';

/** Shorter than the time for which the dispatcher leaves a new row alone. */
const HINT_BUDGET_MS = 500;
const MAX_HINTS = 500;
/** What exceeds it is left to the dispatcher. */
const MAX_WAITING = 5000;
const MAX_WAIT_MS = 1000;

interface EventToHint extends EventRef {
  /** The insert itself has woken the dispatcher. */
  readonly isDispatched: boolean;
}

/**
 * Tells the workers about stored events, after the answer to Stripe and in groups. A hint that is lost costs a second:
 * the dispatcher finds every row that nobody has claimed.
 */
@Injectable()
export class EventHinter {
  private readonly logger = new Logger(EventHinter.name);
  private readonly groups = new Grouping<EventToHint, void>((events) => this.hint(events), {
    lanes: 1,
    maxItems: MAX_HINTS,
    maxWaiting: MAX_WAITING,
    maxWaitMs: MAX_WAIT_MS,
  });

  constructor(
    private readonly hints: EventHints,
    private readonly inbox: InboxIntakeRepository,
    private readonly failpoints: Failpoints,
  ) {}

  /** False when Redis cannot take hints now: then the insert must wake the dispatcher. */
  isReady(): boolean {
    return this.hints.isReady();
  }

  /** Returns at once, so that the answer leaves first. */
  hintSoon(event: EventToHint): void {
    setImmediate(() => void this.groups.add(event).catch(() => undefined));
  }

  private async hint(events: readonly EventToHint[]): Promise<PromiseSettledResult<void>[]> {
    this.failpoints.hit('web.before_hint');
    try {
      const refused = await this.hints.hintEvents(
        events.filter(({ isDispatched }) => !isDispatched),
        HINT_BUDGET_MS,
      );
      if (refused.length > 0) await this.inbox.wakeDispatcher(refused.map(({ id }) => id));
    } catch (error) {
      this.logger.warn(
        { err: error, events: events.length },
        'hints failed; the dispatcher finds the events',
      );
    }
    this.failpoints.hit('web.after_hint');
    return events.map(() => ({ status: 'fulfilled', value: undefined }));
  }
}
