import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const count = (most: number) => z.coerce.number().int().min(1).max(most);

const { IPv4, IPv6 } = ipaddr;
const isAddressOrRange = (text: string): boolean =>
  IPv4.isValidFourPartDecimal(text) ||
  IPv4.isValidCIDRFourPartDecimal(text) ||
  IPv6.isValid(text) ||
  IPv6.isValidCIDR(text);

/** `2` is a number of hops, `10.0.0.0/8,127.0.0.1` a list. "All" is impossible: every caller could then claim any address. */
const trustedProxies = z.string().transform((value, context): number | string[] => {
  if (/^[1-9]$/.test(value)) return Number(value);
  const ranges = value.split(',').map((range) => range.trim());
  if (ranges.every(isAddressOrRange)) return ranges;
  context.addIssue({
    code: 'custom',
    message: 'must be a number of proxies (1-9), or a list of addresses and CIDR ranges',
  });
  return z.NEVER;
});

/** The variables of the limits, which docs/limits.md explains. */
export const limitsShape = {
  TRUSTED_PROXIES: trustedProxies
    .optional()
    .describe('Proxies whose X-Forwarded-For is trusted: their number or their addresses. Not set: none'),
  API_REQUESTS_PER_MINUTE: count(1_000_000).default(120).describe('Requests of one signed-in user'),
  PAYMENT_WRITES_PER_MINUTE: count(1_000_000)
    .default(10)
    .describe('Payment links, cancellations and resumptions of one user'),
  SIGN_IN_FREE_FAILURES: count(1_000_000)
    .default(5)
    .describe('Wrong passwords for one account from one address before each must wait'),
  SIGN_IN_FREE_FAILURES_PER_ADDRESS: count(1_000_000)
    .default(50)
    .describe('Wrong passwords from one address, over all accounts, before each must wait'),
  SIGN_IN_ALARM_FAILURES: count(1_000_000)
    .default(100)
    .describe(
      'Wrong passwords for one account from unknown addresses before each such address has one free attempt',
    ),
  REGISTRATIONS_PER_ADDRESS: count(1_000_000)
    .default(50)
    .describe('Registrations from one address before each must wait'),
};
