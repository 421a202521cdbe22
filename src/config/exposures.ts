/** The unparsed environment. */
export type RawEnv = Readonly<Record<string, string | undefined>>;

const LOCAL = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|\[::\])$/i;
const DEFAULT_PASSWORDS = [
  'postgres',
  'password',
  'course',
  'course-companion',
  'admin',
  'secret',
  'root',
  'test',
  '12345678',
];

const parse = (text: string | undefined): URL | undefined =>
  text !== undefined && URL.canParse(text) ? new URL(text) : undefined;

/** Settings that would expose a production system. One line per mistake, beginning with the variable to change. */
export function findExposures(env: RawEnv): string[] {
  return [
    ...publicUrl(parse(env['PUBLIC_URL'])),
    ...trustedProxies(env['TRUSTED_PROXIES'] ?? ''),
    ...databasePassword(parse(env['DATABASE_URL'])),
    ...mailServer(parse(env['SMTP_URL'])),
    ...returnOrigins(env['RETURN_URL_ORIGINS'] ?? ''),
  ];
}

function publicUrl(url: URL | undefined): string[] {
  if (url === undefined) return [];
  const found: string[] = [];
  if (url.username !== '' || url.password !== '')
    found.push('PUBLIC_URL has a user name or password, which every link would show: remove it');
  if (url.search !== '' || url.hash !== '') found.push('PUBLIC_URL has a query or fragment: remove it');
  if (LOCAL.test(url.hostname))
    found.push('PUBLIC_URL names this machine: set the address that browsers use');
  return found;
}

function trustedProxies(text: string): string[] {
  const everybody = text.split(',').some((range) => /\/0+$/.test(range.trim()));
  return everybody
    ? [
        'TRUSTED_PROXIES trusts every address, so anyone could state any address: name the networks of your proxies',
      ]
    : [];
}

function databasePassword(url: URL | undefined): string[] {
  const password = decodeURIComponent(url?.password ?? '');
  const isDefault = password !== '' && [...DEFAULT_PASSWORDS, url?.username].includes(password.toLowerCase());
  return isDefault ? ['DATABASE_URL has a default password: set a random one'] : [];
}

function mailServer(url: URL | undefined): string[] {
  const isPlain = url?.protocol === 'smtp:' && url.username !== '';
  return isPlain ? ['SMTP_URL sends a password to a connection that begins in plain text: use smtps://'] : [];
}

function returnOrigins(text: string): string[] {
  const plain = text.split(',').some((origin) => origin.trim().toLowerCase().startsWith('http://'));
  return plain ? ['RETURN_URL_ORIGINS has an http origin: use https'] : [];
}
