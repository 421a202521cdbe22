import { parameters, type ParameterTable } from '../src/http/parameters';
import { allResources } from '../src/resources';
import { ParameterTypes } from './support/parameter-types';

const routes = allResources(
  () => undefined,
  () => ({ id: '', secret: '' }),
).flatMap((resource) => resource.routes);

/** Not in the SDK: what the CLI asks for. */
const PRIVATE = ['POST /payment_pages/:id/confirm', 'POST /events/:id/retry', 'POST /stripecli/sessions'];

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
