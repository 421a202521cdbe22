import { SeededRandom } from '../core/random';

/** Faults of deliveries as probabilities between 0 and 1, and a delay in milliseconds. */
export interface DeliveryFaults {
  drop: number;
  duplicate: number;
  /** Delays every delivery. */
  delay_ms: number;
  /** Share of deliveries that are delayed briefly, so that later ones overtake them. */
  reorder: number;
  /** Share of bodies that are changed after signing. */
  corrupt: number;
  seed: number;
}

export const NO_DELIVERY_FAULTS: DeliveryFaults = {
  drop: 0,
  duplicate: 0,
  delay_ms: 0,
  reorder: 0,
  corrupt: 0,
  seed: 1,
};

const REORDER_WINDOW_MS = 1500;

/** The faults of one delivery. */
export interface DeliveryFaultDecision {
  dropped: boolean;
  copies: number;
  delayMs: number;
}

/** Decides the faults of each delivery from the seed, so that a run can be repeated. */
export class DeliveryFaultPlan {
  private random: SeededRandom;

  constructor(readonly faults: DeliveryFaults) {
    this.random = new SeededRandom(faults.seed);
  }

  fate(): DeliveryFaultDecision {
    const { faults, random } = this;
    return {
      dropped: random.chance(faults.drop),
      copies: random.chance(faults.duplicate) ? 2 : 1,
      delayMs: faults.delay_ms + (random.chance(faults.reorder) ? random.next() * REORDER_WINDOW_MS : 0),
    };
  }

  corrupts(): boolean {
    return this.random.chance(this.faults.corrupt);
  }
}
