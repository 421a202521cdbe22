import { clientNetwork, stripForwardedPorts } from './client-address';

describe('clientNetwork', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:CB00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['::1', '::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
  ])('counts %s as %s', (ip, network) => {
    expect(clientNetwork(ip)).toBe(network);
  });

  it.each([undefined, '', 'not an address', '203.0.113.7, 198.51.100.1'])(
    'counts all callers without a readable address (%p) as one',
    (ip) => {
      expect(clientNetwork(ip)).toBe('unknown');
    },
  );
});

describe('stripForwardedPorts', () => {
  it.each([
    ['1.2.3.4:4711', '1.2.3.4'],
    ['1.2.3.4:4711, 10.0.0.1:80', '1.2.3.4,10.0.0.1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['1.2.3.4', '1.2.3.4'],
    ['nonsense:1', 'nonsense:1'],
  ])('turns %s into %s', (forwarded, stripped) => {
    const headers = { 'x-forwarded-for': forwarded };

    stripForwardedPorts(headers);

    expect(headers['x-forwarded-for']).toBe(stripped);
  });

  it('adds no header', () => {
    const headers = {};

    stripForwardedPorts(headers);

    expect(headers).toEqual({});
  });
});
