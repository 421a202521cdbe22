import ipaddr from 'ipaddr.js';

/** Stands for a caller without an address (a Unix socket): all of them share one. */
const NO_ADDRESS = 'unknown';

/**
 * What limits by address count: an IPv4 address, also when it came as `::ffff:192.0.2.1`, or the /64 network of an IPv6
 * address, because whoever has one address of it may use all of them. `ip` is Fastify's `request.ip`, which believes
 * X-Forwarded-For only as far as `TRUSTED_PROXIES` says.
 */
export function clientNetwork(ip: string | undefined): string {
  if (ip === undefined || !ipaddr.isValid(ip)) return NO_ADDRESS;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  // Without the zone of a link-local address: it names an interface of ours, not a network of theirs.
  const [bare = ip] = ip.split('%', 1);
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${bare}/64`).toString()}/64`;
}
