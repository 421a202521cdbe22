import { parseKeyId } from './access-token-claims';

const tokenWith = (header: unknown) =>
  `${Buffer.from(JSON.stringify(header)).toString('base64url')}.e30.c2ln`;

describe('parseKeyId', () => {
  it('reads the kid of an access token', () => {
    expect(parseKeyId(tokenWith({ typ: 'at+jwt', alg: 'ES256', kid: 'k1' }))).toBe('k1');
  });

  it.each([
    ['an ID token', tokenWith({ typ: 'JWT', kid: 'k1' })],
    ['a token without type', tokenWith({ kid: 'k1' })],
    ['a token without kid', tokenWith({ typ: 'at+jwt' })],
    ['a kid that is no text', tokenWith({ typ: 'at+jwt', kid: { $ne: null } })],
    ['a header that is null', tokenWith(null)],
    ['a header that is not JSON', 'abc.def.ghi'],
    ['nothing', ''],
  ])('finds none in %s', (_, token) => {
    expect(parseKeyId(token)).toBeUndefined();
  });
});
