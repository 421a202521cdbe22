/**
 * The one spelling under which an address is stored and looked up: NFC, no surrounding white space, lower case.
 * Two spellings of one mailbox must never become two accounts, nor one person's account become another's.
 */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}
