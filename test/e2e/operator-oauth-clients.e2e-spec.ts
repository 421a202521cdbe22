import { TestApp } from '../support/app';
import { call } from '../support/http';
import { CHATGPT, CHATGPT_CALLBACK, newBrowser, OAuthClient } from '../support/oauth';
import { Operator } from '../support/operator';

const PATH = `/oauth-clients/${CHATGPT}`;
const REASON = 'the editor shows another callback';

describe('operators configure applications', () => {
  let app: TestApp;
  let operator: Operator;

  beforeAll(async () => {
    app = await TestApp.start({ worker: false });
    operator = await Operator.signIn(app);
  });
  afterAll(() => app.stop());

  const setRedirectUris = (redirect_uris: unknown, reason = REASON) =>
    operator.put(`${PATH}/redirect-uris`, { redirect_uris, reason });
  const makeSecret = async () =>
    String((await operator.post(`${PATH}/secret`, { reason: REASON })).body['client_secret']);
  const auditOf = async (action: string) => {
    const { body } = await operator.get('/audit-log');
    return (body as unknown as Record<string, unknown>[]).filter((entry) => entry['action'] === action);
  };
  const refuses = async (secret: string) =>
    (await new OAuthClient(app.apiUrl, CHATGPT, secret).refresh('unknown')).body.error === 'invalid_client';

  it('lists them without their secrets', async () => {
    await makeSecret();
    const { status, body } = await operator.get('/oauth-clients');

    expect(status).toBe(200);
    expect(body).toMatchObject([
      { client_id: CHATGPT, confidential: true, has_secret: true },
      { client_id: 'swagger-operator', confidential: false, has_secret: false },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/hash|"client_secret"/);
  });

  it('changes the redirect URIs from the next request on and records it in the audit log', async () => {
    const secret = await makeSecret();
    const { browser } = await newBrowser(app);
    const moved = 'https://chatgpt.com/aip/g-fedcba9876543210/oauth/callback';
    await setRedirectUris([CHATGPT_CALLBACK]);
    const before = await new OAuthClient(app.apiUrl, CHATGPT, secret).authorize(browser);

    const { status, body } = await setRedirectUris([moved]);

    expect([status, body['redirect_uris']]).toEqual([200, [moved]]);
    expect(before.get('code')).not.toBeNull();
    const old = await browser.get(new OAuthClient(app.apiUrl, CHATGPT, secret).authorizePath());
    const after = await new OAuthClient(app.apiUrl, CHATGPT, secret, moved).authorize(browser);
    expect([old.status, old.location]).toEqual([400, null]);
    expect(after.get('code')).not.toBeNull();
    expect((await auditOf('set_redirect_uris'))[0]).toMatchObject({
      operator_id: operator.id,
      target_kind: 'oauth_client',
      target_id: CHATGPT,
      reason: REASON,
      details: { redirect_uris: [moved] },
    });
  });

  it('refuses inexact addresses, names each, and changes nothing', async () => {
    await setRedirectUris([CHATGPT_CALLBACK]);
    const entries = (await auditOf('set_redirect_uris')).length;

    const { status, body } = await setRedirectUris([
      CHATGPT_CALLBACK,
      'https://*.example/x',
      'ftp://a.example/',
    ]);

    expect([status, body['code']]).toEqual([400, 'invalid_request']);
    expect(body['errors']).toEqual([
      { pointer: '/redirect_uris/1', detail: 'must be one exact address, without wildcards or blanks' },
      { pointer: '/redirect_uris/2', detail: 'must begin with https://' },
    ]);
    expect(await auditOf('set_redirect_uris')).toHaveLength(entries);
    const { body: clients } = await operator.get('/oauth-clients');
    expect(clients).toMatchObject([{ redirect_uris: [CHATGPT_CALLBACK] }, {}]);
  });

  it('creates a secret that is shown once; the previous secret works for a day, an older one does not', async () => {
    const secrets = [await makeSecret(), await makeSecret(), await makeSecret()];

    expect(secrets[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await Promise.all(secrets.map(refuses))).toEqual([true, false, false]);
    await app.sql(`UPDATE auth_clients SET previous_secret_until = now() WHERE id = $1`, [CHATGPT]);
    expect(await Promise.all(secrets.map(refuses))).toEqual([true, true, false]);
    const entries = await auditOf('make_client_secret');
    expect(entries.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(entries)).not.toContain(secrets[2]);
  });

  it('creates no secret for a browser client or an unknown client', async () => {
    const body = { reason: REASON };
    const swagger = await operator.post('/oauth-clients/swagger-operator/secret', body);
    const nobody = await operator.post('/oauth-clients/nobody/secret', body);
    const uris = await operator.put('/oauth-clients/nobody/redirect-uris', { redirect_uris: [], ...body });
    const odd = await operator.put('/oauth-clients/No%20body/redirect-uris', { redirect_uris: [], ...body });

    expect([swagger.status, swagger.body['code']]).toEqual([409, 'client_without_secret']);
    expect([nobody.status, nobody.body['code']]).toEqual([404, 'client_not_found']);
    expect([uris.status, uris.body['code']]).toEqual([404, 'client_not_found']);
    expect([odd.status, odd.body['code']]).toEqual([400, 'invalid_request']);
  });

  it('requires a reason for every action', async () => {
    const [uris, secret] = await Promise.all([
      setRedirectUris([CHATGPT_CALLBACK], ''),
      operator.post(`${PATH}/secret`, {}),
    ]);

    expect([uris.status, secret.status]).toEqual([400, 400]);
  });

  it('is for operators only', async () => {
    const student = await app.student();
    const answer = await call('GET', `${app.apiUrl}/api/v1/operator/oauth-clients`, { token: student.token });

    expect([answer.status, answer.body['code']]).toEqual([403, 'forbidden']);
  });

  it('rejects an application without redirect URIs', async () => {
    await setRedirectUris([]);
    const { browser } = await newBrowser(app);

    const { status, location } = await browser.get(new OAuthClient(app.apiUrl, CHATGPT, 'x').authorizePath());

    expect([status, location]).toEqual([400, null]);
  });
});
