import type { FactoryProvider } from '@nestjs/common';
import { EFFECTS, effectProviders } from './effects';
import { HANDLED_EVENT_TYPES, type HandledEventType } from './stripe/event-types';
import { EFFECT_TABLE, type Effect, type EffectEvent, type EffectTable } from './sync/effect';
import { EventEffects } from './sync/event-effects';

const CUSTOMER = { customerId: 'cus_1', userId: 'user-1' };
const withEffect = HANDLED_EVENT_TYPES.filter((type) => EFFECTS[type] !== 'sync_only');

/** Answers for one effect and notes what it was asked to prepare and to write. */
class FakeEffect implements Effect {
  readonly prepared: EffectEvent[] = [];
  written = 0;

  findCustomer({ objectId }: EffectEvent): Promise<string | undefined> {
    return Promise.resolve(`customer of ${objectId}`);
  }

  prepare(events: readonly EffectEvent[]): Promise<() => Promise<void>> {
    this.prepared.push(...events);
    return Promise.resolve(() => {
      this.written += 1;
      return Promise.resolve();
    });
  }
}

function effectsWith(effect: Effect, ...types: HandledEventType[]): EventEffects {
  const all = HANDLED_EVENT_TYPES.map((type) => [type, types.includes(type) ? effect : 'sync_only']);
  return new EventEffects(Object.fromEntries(all) as EffectTable);
}

describe('the table of effects', () => {
  it('names every handled event type once', () => {
    expect(Object.keys(EFFECTS).sort()).toEqual([...HANDLED_EVENT_TYPES].sort());
    expect(new Set(HANDLED_EVENT_TYPES).size).toBe(HANDLED_EVENT_TYPES.length);
  });

  it('does not ask for invoice.created: without an answer it delays finalisation by 72 hours', () => {
    expect(HANDLED_EVENT_TYPES).not.toContain('invoice.created');
  });

  it.each(HANDLED_EVENT_TYPES)('puts an instance in place of the class: %s', (type) => {
    const provider = effectProviders.find(
      (candidate): candidate is FactoryProvider<EffectTable> =>
        typeof candidate === 'object' && candidate.provide === EFFECT_TABLE,
    );
    const classes = (provider?.inject ?? []) as (new (...parts: unknown[]) => Effect)[];
    const table = provider?.useFactory(...classes.map((effect) => new effect())) as EffectTable;
    const wanted = EFFECTS[type];

    if (wanted === 'sync_only') expect(table[type]).toBe('sync_only');
    else expect(table[type]).toBeInstanceOf(wanted);
  });
});

describe('EventEffects', () => {
  it.each(withEffect)('lets the worker find the customer of %s', async (type) => {
    const effects = effectsWith(new FakeEffect(), type);

    expect(effects.handlingOf(type)).toBe('effect');
    expect(await effects.findCustomer({ type, objectId: 'obj_1' })).toBe('customer of obj_1');
  });

  it.each([
    ['a type that is not handled', 'charge.updated', 'obj_1', 'none'],
    ['a type without an effect', 'invoice.paid', 'obj_1', 'sync_only'],
  ])('finds no customer for %s', async (_, type, objectId, handling) => {
    const effects = effectsWith(new FakeEffect(), 'refund.created');

    expect(effects.handlingOf(type)).toBe(handling);
    expect(await effects.findCustomer({ type, objectId })).toBeUndefined();
  });

  it('runs the effect of every covered event, together for one effect', async () => {
    const effect = new FakeEffect();
    const effects = effectsWith(effect, 'refund.created', 'charge.refunded');
    const events = [
      { type: 'refund.created', objectId: 're_1' },
      { type: 'invoice.paid', objectId: 'in_1' },
      { type: 'charge.refunded', objectId: 'ch_1' },
      { type: 'refund.created', objectId: null },
      { type: 'unheard.of', objectId: 'x_1' },
    ];
    const writes = await effects.prepare(events, CUSTOMER);
    expect(effect.written).toBe(0);
    for (const write of writes) await write();

    expect(effect.prepared).toEqual([events[0], events[2]]);
    expect(effect.written).toBe(1);
  });

  it('prepares nothing when one effect cannot read: the sync fails as a whole', async () => {
    const effect = new FakeEffect();
    effect.prepare = () => Promise.reject(new Error('no answer'));

    await expect(
      effectsWith(effect, 'refund.created').prepare([{ type: 'refund.created', objectId: 're_1' }], CUSTOMER),
    ).rejects.toThrow('no answer');
  });
});
