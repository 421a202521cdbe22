import { newId, type SeededRandom } from './random';

/** The API call that caused a change; null for automatic changes. */
export interface Cause {
  id: string | null;
  idempotency_key: string | null;
}

export interface Emission {
  type: string;
  object: object;
  previous?: Record<string, unknown>;
  /** Real milliseconds by which the event comes later than the rest of its bracket. */
  delayMs?: number;
}

export interface RecordedEvent extends Emission {
  id: string;
  cause: Cause;
}

const AUTOMATIC: Cause = { id: null, idempotency_key: null };

/**
 * Collects what one operation causes and publishes it as a bracket. Inside a bracket Stripe gives no order, so it is
 * shuffled by the seed; late emissions stay behind.
 */
export class Journal {
  private open: { cause: Cause; emissions: Emission[] } | undefined;

  constructor(
    private readonly random: SeededRandom,
    private readonly publish: (events: RecordedEvent[]) => void,
  ) {}

  emit(type: string, object: object, extra: Pick<Emission, 'previous' | 'delayMs'> = {}): void {
    const emission = { type, object, ...extra };
    if (this.open) this.open.emissions.push(emission);
    else this.bracket(AUTOMATIC, () => this.emit(type, object, extra));
  }

  /**
   * Runs `work`; everything it emits becomes one bracket, also when it throws (a decline has events too). A bracket
   * within a bracket joins the outer one.
   */
  bracket<T>(cause: Cause, work: () => T): T {
    if (this.open) return work();
    const mine = { cause, emissions: [] as Emission[] };
    this.open = mine;
    try {
      return work();
    } finally {
      this.open = undefined;
      if (mine.emissions.length > 0) this.publish(this.arrange(mine.cause, mine.emissions));
    }
  }

  /** A bracket for automatic work: renewals, retries, expiry. */
  automatic<T>(work: () => T): T {
    return this.bracket(AUTOMATIC, work);
  }

  private arrange(cause: Cause, emissions: Emission[]): RecordedEvent[] {
    const prompt = this.random.shuffle(emissions.filter((emission) => !emission.delayMs));
    const late = emissions.filter((emission) => emission.delayMs);
    return [...prompt, ...late].map((emission) => ({ ...emission, id: newId('evt', 24), cause }));
  }
}
