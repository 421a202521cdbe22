import { AppModule } from '../../src/app.module';
import { DevMailModule } from '../../src/modules/dev-mail';
import { TestApp } from '../support/app';
import { testConfig } from '../support/config';
import { Form } from '../support/form';

describe('the mail page of a development installation', () => {
  let app: TestApp;
  const get = (path: string) => new Form(app.apiUrl).get(path);
  const linksOf = (body: string, begin: string) =>
    [...body.matchAll(/href="([^"]+)"/g)]
      .map(([, href = '']) => href)
      .filter((href) => href.startsWith(begin));

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('lists a sent email and shows it as text and as HTML, with links that work', async () => {
    const { email } = await app.student();
    const { link = '' } = await app.mails.waitFor(email, 'Verify your email address');
    const list = (await get('/dev/mail')).body;
    const [path = ''] = linksOf(list, '/dev/mail/sent/');

    const shown = await get(path);
    const html = await get(`${path}/html`);

    expect(list).toContain(email);
    expect(shown.body).toContain(`<a href="${link}">`);
    expect(html.body).toContain(`href="${link}"`);
    expect(html.headers.get('content-security-policy')).toMatch(
      /default-src 'none';style-src 'unsafe-inline'/,
    );
    expect((await get(link.slice(app.apiUrl.length))).status).toBe(200);
  });

  it('previews every template', async () => {
    const paths = linksOf((await get('/dev/mail')).body, '/dev/mail/templates/');

    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      expect([path, (await get(path)).status, (await get(`${path}/html`)).status]).toEqual([path, 200, 200]);
    }
  });

  it.each(['/dev/mail/sent/unknown', '/dev/mail/templates/unknown', '/dev/mail/templates/unknown/html'])(
    'answers 404 for %s',
    async (path) => expect((await get(path)).status).toBe(404),
  );

  it('reads no other files', async () => {
    expect((await get('/dev/mail/sent/..%2F..%2Fpackage')).status).toBe(400);
  });

  it('is no part of production', () => {
    const config = testConfig({ databaseUrl: app.database.url });
    const modulesOf = (production: boolean) =>
      AppModule.register({ ...config, http: { ...config.http, production } }).imports;

    expect(modulesOf(false)).toContain(DevMailModule);
    expect(modulesOf(true)).not.toContain(DevMailModule);
  });
});
