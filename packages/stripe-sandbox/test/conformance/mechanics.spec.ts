import type Stripe from 'stripe';
import { Scene } from './support/scene';
import { TEST_TIMEOUT_MS } from './support/wait';

jest.setTimeout(TEST_TIMEOUT_MS);

describe('the API mechanics', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await Scene.open();
  });
  afterAll(() => scene.close());

  it('replay the first answer of an idempotency key and refuse the key for other calls', async () => {
    const idempotencyKey = `conformance-${process.pid}-${Date.now()}`;
    const first = await scene.stripe.customers.create({ name: 'Once' }, { idempotencyKey });
    const again = await scene.stripe.customers.create({ name: 'Once' }, { idempotencyKey });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(scene.stripe.customers.create({ name: 'Other' }, { idempotencyKey })).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
      statusCode: 400,
    });
    await scene.stripe.customers.del(first.id);
  });

  it('page both ways, newest first', async () => {
    const email = `page-${process.pid}-${Date.now()}@example.com`;
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.unshift((await scene.looseCustomer({ email })).id);
    const page = async (params: Stripe.CustomerListParams) => {
      const { data, has_more } = await scene.stripe.customers.list({ email, limit: 2, ...params });
      return [data.map(({ id }) => id), has_more];
    };
    expect(await page({})).toEqual([ids.slice(0, 2), true]);
    expect(await page({ starting_after: ids[1] as string })).toEqual([ids.slice(2), false]);
    expect(await page({ ending_before: ids[3] as string })).toEqual([ids.slice(1, 3), true]);
  });

  it('expand the named fields, through lists too, and nothing else', async () => {
    const { id, customer } = await scene.subscribe();
    const { data } = await scene.stripe.subscriptions.list({
      customer: customer as string,
      expand: ['data.latest_invoice.customer'],
    });
    expect(data[0]).toMatchObject({
      id,
      customer,
      latest_invoice: { object: 'invoice', customer: { object: 'customer', id: customer } },
    });
    await expect(scene.stripe.subscriptions.retrieve(id, { expand: ['nonsense'] })).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 400,
    });
  });

  it('refuse parameters that do not exist, by name', async () => {
    const misspelled = { emial: 'a@example.com' } as Stripe.CustomerCreateParams;
    await expect(scene.stripe.customers.create(misspelled)).rejects.toMatchObject({
      statusCode: 400,
      code: 'parameter_unknown',
      param: 'emial',
    });
  });

  it('say what is missing, with a request id', async () => {
    await expect(scene.stripe.customers.retrieve('cus_doesnotexist')).rejects.toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      requestId: expect.stringMatching(/^req_/) as string,
    });
    const nothing = {} as Stripe.SubscriptionCreateParams;
    await expect(scene.stripe.subscriptions.create(nothing)).rejects.toMatchObject({
      statusCode: 400,
      code: 'parameter_missing',
    });
  });

  it('keep one price per lookup key, unless it is transferred', async () => {
    const lookup_key = `conformance_${process.pid}_${Date.now()}`;
    const product = String(scene.prices.basic.product);
    const params = { product, currency: 'usd', unit_amount: 100, lookup_key };
    const first = await scene.stripe.prices.create(params);
    await expect(scene.stripe.prices.create(params)).rejects.toMatchObject({ statusCode: 400 });
    const second = await scene.stripe.prices.create({ ...params, transfer_lookup_key: true });
    const { data } = await scene.stripe.prices.list({ lookup_keys: [lookup_key] });
    expect(data.map(({ id }) => id)).toEqual([second.id]);
    for (const { id } of [first, second]) await scene.stripe.prices.update(id, { active: false });
  });

  it('allow a test clock to move forward only', async () => {
    const back = scene.stripe.testHelpers.testClocks.advance(scene.clock.id, {
      frozen_time: scene.clock.frozen_time - 60,
    });
    await expect(back).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
  });
});
