import { TRIGGERS, LEFT_OUT } from './support/cli-triggers';
import { Cli, findCli } from './support/cli';
import { Bench, Inbox, waitUntil } from './support/harness';

const binary = findCli();
const withCli = binary === undefined ? describe.skip : describe;

function fits(object: object, about: object): boolean {
  try {
    expect(object).toMatchObject(about);
    return true;
  } catch {
    return false;
  }
}

withCli('the official Stripe CLI', () => {
  let bench: Bench;
  let cli: Cli;
  beforeAll(async () => {
    bench = await Bench.start({ settleDelayMs: 1_000 });
    cli = new Cli(binary ?? '', bench.sandbox.url);
  });
  afterAll(async () => {
    await cli.close();
    await bench.close();
  });

  const fetchObject = async (path: string): Promise<unknown> => {
    const headers = { authorization: 'Bearer sk_test_sandbox_cli' };
    return (await fetch(`${bench.sandbox.url}${path}`, { headers })).json();
  };

  it.each(Object.entries(TRIGGERS))(
    'trigger %s completes, with its event and its object',
    async (trigger, { event = trigger, about = {}, path, now }) => {
      const before = bench.inbox.received.length;
      const answer = await cli.run('trigger', trigger);
      expect(answer).toMatchObject({
        code: 0,
        output: expect.stringContaining('Trigger succeeded') as string,
      });
      // Late news of the trigger before may still arrive, so the first event of the type need not be the one.
      const candidates = () =>
        bench.inbox.received.slice(before).filter((received) => received.event.type === event);
      await waitUntil(
        () => candidates().some((received) => fits(received.event.data.object, about)),
        `${event} of ${JSON.stringify(about)}`,
      );
      const object = candidates()
        .map((received) => received.event.data.object as unknown as { id: string })
        .find((candidate) => fits(candidate, about)) as { id: string };
      if (path) expect(await fetchObject(path(object))).toMatchObject(now ?? about);
    },
  );

  it('lists every trigger of the CLI as served or left out', async () => {
    const { output } = await cli.run('trigger', '--help');
    const supported = output.slice(output.indexOf('Supported events:'));
    const names = [...supported.matchAll(/^\s+([a-z0-9_]+(?:\.[a-z0-9_]+)+)\s*$/gm)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(100);
    const ours = names.filter((name) => !/^(identity|issuing)/.test(name));
    expect(ours.filter((name) => !(name in TRIGGERS) && !(name in LEFT_OUT))).toEqual([]);
  });

  it('creates products and prices, gets and posts', async () => {
    const product = await cli.run('products', 'create', '--name', 'From the CLI');
    const { id } = JSON.parse(product.output.slice(product.output.indexOf('{'))) as { id: string };
    const price = await cli.run(
      ...['prices', 'create', '--product', id, '--unit-amount', '700', '--currency', 'usd'],
      ...['-d', 'recurring[interval]=month'],
    );
    expect(price.output).toContain('"unit_amount": 700');
    expect((await cli.run('get', `/v1/products/${id}`)).output).toContain('From the CLI');
    await cli.run('post', `/v1/products/${id}`, '-d', 'name=Renamed');
    expect((await bench.stripe.products.retrieve(id)).name).toBe('Renamed');
  });

  it('listens and forwards with the headers of a delivery and a signature that the SDK accepts', async () => {
    const inbox = new Inbox();
    const url = await inbox.listen();
    const secret = /whsec_\w+/.exec((await cli.run('listen', '--print-secret')).output)?.[0] ?? '';
    await cli.start('Ready!', 'listen', '--forward-to', url, '--events', 'customer.created');
    const { id } = await bench.stripe.customers.create({ name: 'Forwarded' });
    const { body, headers, event } = await inbox.waitFor('customer.created');
    expect(event.data.object).toMatchObject({ id });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    });
    const signature = String(headers['stripe-signature']);
    expect(bench.stripe.webhooks.constructEvent(body, signature, secret).id).toBe(event.id);
    await bench.stripe.rawRequest('POST', `/v1/events/${event.id}/retry`, { for_stripecli: 'true' });
    await inbox.waitForEvent(event.id, 2);
    inbox.close();
  });

  it('resends an event', async () => {
    await bench.stripe.customers.create({ email: 'again@example.com' });
    const { event } = await bench.inbox.waitFor('customer.created');
    const [endpoint] = (await bench.stripe.webhookEndpoints.list()).data;
    const before = bench.inbox.received.filter((known) => known.event.id === event.id).length;
    await cli.run('events', 'resend', event.id, '--webhook-endpoint', endpoint?.id ?? '');
    await bench.inbox.waitForEvent(event.id, before + 1);
  });
});
