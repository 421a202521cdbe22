import { findReasonToIgnore } from './domain/stripe-event';
import { parseEventEnvelope } from './event-envelope';

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

describe('findReasonToIgnore', () => {
  const reasonFor = (overrides: object, object: object = {}) => {
    const envelope = parseEventEnvelope(event(overrides, object));
    if (envelope === undefined) throw new Error('unreadable');
    return findReasonToIgnore(envelope, false);
  };

  it('works on a handled type of our mode with a customer', () => {
    expect(reasonFor({})).toBeUndefined();
  });

  it.each([
    [{ livemode: true }, {}, 'livemode_mismatch'],
    [{ type: 'charge.succeeded' }, {}, 'type_not_handled'],
    [{ type: 'checkout.session.completed' }, { customer: null }, 'no_customer'],
  ])('ignores %j', (overrides, object, reason) => {
    expect(reasonFor(overrides, object)).toBe(reason);
  });
});
