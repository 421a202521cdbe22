import { parseReturnPath, signInPath } from './return-path';

describe('parseReturnPath', () => {
  it.each(['/interaction/abc', '/account', '/account/connections?after=x&y=%2F', '/docs'])(
    'keeps %s',
    (path) => {
      expect(parseReturnPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    '',
    'account',
    'https://evil.example/',
    '//evil.example/account',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    // Paths until their dots are resolved, other hosts afterwards.
    '/.//evil.example',
    '/%2e//evil.example',
    '/./\\evil.example',
    '/docs/..//evil.example/account?x=1',
    'javascript:alert(1)',
    'https:evil.example',
    `/${'x'.repeat(2001)}`,
  ])('sends %j to the account page', (text) => {
    expect(parseReturnPath(text)).toBe('/account');
  });

  it('drops a fragment, which no server sees', () => {
    expect(parseReturnPath('/account#x')).toBe('/account');
  });
});

describe('signInPath', () => {
  it('carries the page to come back to, escaped, and nothing when it is the usual one', () => {
    expect(signInPath('/interaction/a?b=c&d')).toBe('/sign-in?return_to=%2Finteraction%2Fa%3Fb%3Dc%26d');
    expect(signInPath('/account')).toBe('/sign-in');
  });
});
