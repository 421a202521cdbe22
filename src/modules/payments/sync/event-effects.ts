import { Inject, Injectable } from '@nestjs/common';
import { HANDLED_EVENT_TYPES, type HandledEventType } from 'src/modules/payments/stripe/event-types';
import { EFFECT_TABLE, type Effect, type EffectEvent, type EffectTable, type SyncedCustomer } from './effect';
import type { CoveredEvent, SyncWrite } from './sync-contributor';

/** `sync_only`: the customer is synced, and that is all. */
export type EventHandling = 'none' | 'sync_only' | 'effect';

/** Runs the effects of events by the one table. */
@Injectable()
export class EventEffects {
  constructor(@Inject(EFFECT_TABLE) private readonly table: EffectTable) {}

  handlingOf(type: string): EventHandling {
    if (!isHandled(type)) return 'none';
    return this.table[type] === 'sync_only' ? 'sync_only' : 'effect';
  }

  /** The customer of an event whose object names none. Undefined when there is none. Asks Stripe; throws its errors. */
  async findCustomer(event: CoveredEvent): Promise<string | undefined> {
    const found = this.find(event);
    return found?.effect.findCustomer(found.event);
  }

  /** Prepares the effects of all events of one customer; each effect gets its events together. */
  async prepare(events: readonly CoveredEvent[], customer: SyncedCustomer): Promise<SyncWrite[]> {
    const byEffect = new Map<Effect, EffectEvent[]>();
    for (const { effect, event } of events.flatMap((covered) => this.find(covered) ?? [])) {
      byEffect.set(effect, [...(byEffect.get(effect) ?? []), event]);
    }
    const prepared = [...byEffect].flatMap(
      ([effect, ofEffect]) => effect.prepare?.(ofEffect, customer) ?? [],
    );
    return Promise.all(prepared);
  }

  private find({ type, objectId }: CoveredEvent): { effect: Effect; event: EffectEvent } | undefined {
    if (!isHandled(type) || objectId === null) return undefined;
    const effect = this.table[type];
    return effect === 'sync_only' ? undefined : { effect, event: { type, objectId } };
  }
}

const isHandled = (type: string): type is HandledEventType =>
  (HANDLED_EVENT_TYPES as readonly string[]).includes(type);
