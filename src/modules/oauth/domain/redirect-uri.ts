const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Why an address cannot be a redirect URI; undefined when it can. Codes are sent there, and it is matched to the template
 * (RFC 9700, section 2.1), so it must be complete. Plain http only on this machine, and never in production.
 */
export function findRedirectUriProblem(uri: string, production: boolean): string | undefined {
  if (/[*\s]/.test(uri)) return 'must be one exact address, without wildcards or blanks';
  if (!URL.canParse(uri)) return 'must be a complete address';
  const { protocol, hostname, hash, username, password } = new URL(uri);
  if (hash !== '' || uri.includes('#')) return 'must not have a fragment';
  if (username !== '' || password !== '') return 'must not carry a user name or password';
  if (protocol === 'https:') return undefined;
  const isLocal = protocol === 'http:' && LOCAL_HOSTS.includes(hostname);
  return isLocal && !production ? undefined : 'must begin with https://';
}
