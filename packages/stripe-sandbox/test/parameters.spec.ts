import { parameters, type ParameterTable } from '../src/http/parameters';
import { allResources } from '../src/resources';
import { ParameterTypes } from './support/parameter-types';

const routes = allResources(
  () => undefined,
  () => ({ id: '', secret: '' }),
).flatMap((resource) => resource.routes);

/** Not in the SDK: what the CLI asks for. */
const PRIVATE = ['POST /payment_pages/:id/confirm', 'POST /events/:id/retry', 'POST /stripecli/sessions'];

/** Everything that is accepted without an effect, by the reason why nobody can miss the effect. */
const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  'how a page or a document looks': `
    billing_address_collection branding_settings custom_text rendering saved_payment_method_options
    submit_type wallet_options
  `,
  'texts on statements and emails, which nobody receives': `
    email_type instructions_email payment_intent_data.receipt_email payment_intent_data.statement_descriptor
    payment_intent_data.statement_descriptor_suffix statement_descriptor statement_descriptor_suffix
  `,
  'consent and checks that test cards do without': 'card.cvc mandate_data radar_options use_stripe_sdk',
  'filters of lists that are always empty': 'active archived inclusive lookup_key owner',
  'prices by usage, which are refused': 'bill_for.outstanding_usage_through',
  'what the CLI tells about itself': `
    device_name forward_connect_to_url forward_thin_connect_to_url forward_thin_to_url forward_to_url
  `,
};

describe('the parameters that routes accept', () => {
  const typed = routes.flatMap(({ accepts }) => (accepts.type === undefined ? [] : [accepts]));
  let types: ParameterTypes;
  beforeAll(() => {
    types = new ParameterTypes(typed.map(({ type }) => type ?? ''));
  });

  it.each(typed.map((table) => [table.type ?? '', table] as const))(
    'rule on each of the SDK’s %s, and on no other',
    (_type, table) => {
      expect(types.mismatches(table)).toEqual([]);
    },
  );

  it('have no others without an effect than those with a reason', () => {
    const ignored = new Set(routes.flatMap(({ accepts }) => accepts.ignored()));
    const reasoned = Object.values(WITHOUT_EFFECT).flatMap((names) => names.trim().split(/\s+/));
    expect([...ignored].sort()).toEqual(reasoned.sort());
  });

  it('name the SDK type on every route that takes parameters', () => {
    const untyped = routes.filter(
      ({ accepts }) => accepts.type === undefined && accepts.entries().length > 0,
    );
    expect(untyped.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...PRIVATE].sort());
  });

  it('fail the comparison when one is missing or misspelled', () => {
    const misspelled = parameters({ type: 'Stripe.RefundUpdateParams', used: 'metdata' });
    expect(types.mismatches(misspelled)).toEqual(['metdata is unknown', 'metadata is missing']);
  });
});

describe('ParameterTable', () => {
  const table = parameters({
    used: 'email metadata',
    ignored: 'locale',
    unsupported: 'tax',
    only: { ui: 'hosted' },
    nested: { items: parameters({ used: 'price' }), created: parameters({ used: 'gt' }) },
  });
  const refusal = (values: Parameters<ParameterTable['check']>[0]) => {
    try {
      table.check(values);
      return undefined;
    } catch (error) {
      return (error as { body: object }).body;
    }
  };

  it('accepts known parameters at any depth, text where a map is possible, and expand', () => {
    const values = {
      email: 'a',
      metadata: { any: 'x' },
      locale: 'de',
      ui: 'hosted',
      items: [{ price: 'p' }],
    };
    expect(refusal({ ...values, created: '5', expand: ['customer'] })).toBeUndefined();
    expect(refusal({ items: '', created: { gt: '5' } })).toBeUndefined();
  });

  it('refuses unknown parameters in the words of Stripe', () => {
    expect(refusal({ emial: 'a' })).toEqual({
      type: 'invalid_request_error',
      code: 'parameter_unknown',
      message: 'Received unknown parameter: emial',
      param: 'emial',
    });
    expect(refusal({ items: [{ price: 'p' }, { prize: 'p' }], x: '1' })).toMatchObject({
      message: 'Received unknown parameters: items[1][prize], x',
      param: 'items[1][prize]',
    });
  });

  it('refuses unsupported parameters and values by name', () => {
    expect(refusal({ tax: { any: '1' } })).toMatchObject({ param: 'tax', message: /does not support tax/ });
    expect(refusal({ ui: 'embedded' })).toMatchObject({ param: 'ui' });
    expect(refusal({ tax: '1', emial: 'a' })).toMatchObject({ code: 'parameter_unknown' });
  });
});
