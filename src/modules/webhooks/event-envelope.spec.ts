import { EVENT_SHAPES, OLD_VERSION, VERSIONS } from '../../../test/fixtures/event-shapes';
import { HANDLED_EVENT_TYPES } from '../payments';
import { findReasonToIgnore, type EventHandling } from './domain/stripe-event';
import { parseEventEnvelope } from './event-envelope';

const kindOf = (type: string) => type.slice(0, type.lastIndexOf('.'));

const event = (overrides: object = {}, object: object = {}) =>
  JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'invoice.paid',
    api_version: '2026-10-28.endive',
    livemode: false,
    created: 1_772_359_200,
    data: { object: { id: 'in_1', object: 'invoice', customer: 'cus_1', ...object } },
    ...overrides,
  });

describe('parseEventEnvelope', () => {
  it('reads what the inbox needs', () => {
    expect(parseEventEnvelope(event())).toEqual({
      id: 'evt_1',
      type: 'invoice.paid',
      apiVersion: '2026-10-28.endive',
      livemode: false,
      createdAt: new Date(1_772_359_200_000),
      customerId: 'cus_1',
      objectId: 'in_1',
    });
  });

  it('finds the customer when it is expanded, absent, or the object itself', () => {
    expect(parseEventEnvelope(event({}, { customer: { id: 'cus_2' } }))?.customerId).toBe('cus_2');
    expect(parseEventEnvelope(event({}, { customer: null }))?.customerId).toBeNull();
    expect(
      parseEventEnvelope(event({}, { id: 'cus_3', object: 'customer', customer: undefined }))?.customerId,
    ).toBe('cus_3');
  });

  it('reads an old API version and an object without an id', () => {
    const parsed = parseEventEnvelope(event({ api_version: null }, { id: undefined }));

    expect([parsed?.apiVersion, parsed?.objectId]).toEqual([null, null]);
  });

  it.each([
    '',
    'null',
    '[]',
    '{',
    '{"id":"evt_1"}',
    event({ object: 'v2.core.event' }),
    event({ created: 'today' }),
    event({ created: 9e15 }),
    event({}, { customer: 'cus_\u0000' }),
  ])('is undefined for %s', (payload) => {
    expect(parseEventEnvelope(payload)).toBeUndefined();
  });
});

describe('the shapes of two API versions', () => {
  it('cover every kind of object that a handled event carries', () => {
    const kinds = new Set(EVENT_SHAPES.map(({ type }) => kindOf(type)));

    expect([...new Set(HANDLED_EVENT_TYPES.map(kindOf))].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it.each(EVENT_SHAPES.flatMap((shape) => VERSIONS.map((version) => ({ version, ...shape }))))(
    '$version: reads the same ids from $type',
    ({ version, type, customerId, objectId, ...shape }) => {
      const object = { id: objectId, ...(version === OLD_VERSION ? shape.old : shape.current) };
      const envelope = parseEventEnvelope(event({ type, api_version: version, data: { object } }));

      expect(envelope).toMatchObject({ type, apiVersion: version, customerId, objectId });
    },
  );
});

describe('a thin event', () => {
  const thin = (overrides: object = {}) =>
    parseEventEnvelope(
      JSON.stringify({
        id: 'evt_thin',
        object: 'v2.core.event',
        type: 'v1.billing.meter.error_report_triggered',
        livemode: false,
        created: '2026-03-01T10:00:00.000Z',
        related_object: { id: 'mtr_1', type: 'billing.meter', url: '/v1/billing/meters/mtr_1' },
        ...overrides,
      }),
    );

  it('is read, and ignored', () => {
    const envelope = thin();
    if (envelope === undefined) throw new Error('unreadable');

    expect(envelope).toMatchObject({ id: 'evt_thin', objectId: 'mtr_1', thin: true });
    expect(findReasonToIgnore(envelope, false, 'none')).toBe('thin_event');
  });

  it('needs no related object, and must be dated', () => {
    expect(thin({ related_object: null })?.objectId).toBeNull();
    expect(thin({ created: 'today' })).toBeUndefined();
  });
});

describe('findReasonToIgnore', () => {
  const reasonFor = (overrides: object, object: object = {}, handling: EventHandling = 'sync_only') => {
    const envelope = parseEventEnvelope(event(overrides, object));
    if (envelope === undefined) throw new Error('unreadable');
    return findReasonToIgnore(envelope, false, handling);
  };

  it('works on a handled type of our mode with a customer', () => {
    expect(reasonFor({})).toBeUndefined();
  });

  it.each([
    ['of the other mode', { livemode: true }, {}, 'sync_only', 'livemode_mismatch'],
    ['of a type without handling', {}, {}, 'none', 'type_not_handled'],
    ['without a customer', {}, { customer: null }, 'sync_only', 'no_customer'],
    ['without customer or object', {}, { customer: null, id: null }, 'effect', 'no_customer'],
  ] as const)('ignores an event %s', (_, overrides, object, handling, reason) => {
    expect(reasonFor(overrides, object, handling)).toBe(reason);
  });

  it('leaves an object without a customer to the worker when its type has an effect', () => {
    expect(reasonFor({ type: 'refund.created' }, { id: 're_1', customer: null }, 'effect')).toBeUndefined();
  });
});
