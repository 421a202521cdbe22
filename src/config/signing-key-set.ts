import { signingKeySetSchema, type SigningKeyJwk } from './signing-keys.schema';

/** For the key commands, which need nothing else. Returns no keys when the variable is not set. Throws one line. */
export function loadSigningKeySet(
  source: Readonly<Record<string, string | undefined>> = process.env,
): SigningKeyJwk[] {
  const text = source['AUTH_SIGNING_KEYS'];
  if (text === undefined || text === '') return [];
  const parsed = signingKeySetSchema.safeParse(text);
  // Details of the mistake could quote a private key.
  if (!parsed.success) throw new Error('AUTH_SIGNING_KEYS is not a JWKS with private EC P-256 keys');
  return parsed.data;
}
