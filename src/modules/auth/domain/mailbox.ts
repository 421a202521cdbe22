const IGNORES_DOTS = ['gmail.com', 'googlemail.com'];

/**
 * The mailbox that an address most likely reaches, for limits only: most servers deliver `ada+x@` to `ada@`, and Gmail
 * ignores dots. Two different mailboxes that look alike share a limit, nothing else.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return email;
  const [local = ''] = email.slice(0, at).split('+', 1);
  const domain = email.slice(at + 1);
  return IGNORES_DOTS.includes(domain) ? `${local.replaceAll('.', '')}@gmail.com` : `${local}@${domain}`;
}
