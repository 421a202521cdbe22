import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';

/** All callers without an address (a Unix socket) share this one. */
const NO_ADDRESS = 'unknown';

/**
 * The network that limits by address count: an IPv4 address (also written as `::ffff:192.0.2.1`), or the /64 network of an
 * IPv6 address, because the owner of one such address can use all of them. `ip` is Fastify's `request.ip`, which trusts
 * X-Forwarded-For only within `TRUSTED_PROXIES`.
 */
export function clientNetwork(ip: string | undefined): string {
  if (ip === undefined || !ipaddr.isValid(ip)) return NO_ADDRESS;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  // The zone of a link-local address names an interface of this machine, not a network of the caller.
  const [bare = ip] = ip.split('%', 1);
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${bare}/64`).toString()}/64`;
}

const WITH_PORT = /^(?:\[([0-9a-f:.%]{2,60})\](?::\d{1,5})?|([0-9.]{7,15}):\d{1,5})$/i;

/** Some proxies append the client's port to its address in X-Forwarded-For. It is removed before anything reads the header. */
export function stripForwardedPorts(headers: IncomingHttpHeaders): void {
  const forwarded = headers['x-forwarded-for'];
  if (typeof forwarded !== 'string') return;
  headers['x-forwarded-for'] = forwarded.split(',').map(withoutPort).join(',');
}

function withoutPort(entry: string): string {
  const [, v6, v4] = WITH_PORT.exec(entry.trim()) ?? [];
  return v6 ?? v4 ?? entry.trim();
}
