import ipaddr from 'ipaddr.js';

/** True when the address lies in one of the ranges (CIDR, or a single address). */
export function isAllowed(address: string | undefined, ranges: readonly string[]): boolean {
  if (address === undefined || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some((range) => {
    const [network, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : single(range);
    return parsed.kind() === network.kind() && parsed.match([network, bits] as [typeof parsed, number]);
  });
}

function single(address: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const parsed = ipaddr.process(address);
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128];
}
