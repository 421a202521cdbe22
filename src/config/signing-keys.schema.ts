import { z } from 'zod';

const privateKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().min(1),
  y: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1).max(64),
  alg: z.literal('ES256').default('ES256'),
  use: z.literal('sig').default('sig'),
});

/** A private signing key as a JWK (RFC 7517). `d` is the secret part and never leaves the process. */
export type SigningKeyJwk = z.infer<typeof privateKeySchema>;

/** Parses the JSON text of a JWKS. The first key signs, every key verifies, so a rotation appends, swaps and removes keys. */
export const signingKeySetSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.object({ keys: z.array(privateKeySchema).min(1).max(5) }))
  .transform((set) => set.keys);
