import { createECDH, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const keySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().min(1),
  y: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1).max(64),
  alg: z.literal('ES256').default('ES256'),
  use: z.literal('sig').default('sig'),
});

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');

/** Whether the public half belongs to the private one: otherwise every token that we sign would be refused. */
function halvesMatch({ x, y, d }: z.infer<typeof keySchema>): boolean {
  try {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(bytes(d));
    const given = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
    const derived = curve.getPublicKey();
    return given.length === derived.length && timingSafeEqual(given, derived);
  } catch {
    return false;
  }
}

const privateKeySchema = keySchema.refine(halvesMatch, {
  error:
    'has a public half (x, y) that does not belong to its private half (d): create one with `npm run keys:generate`',
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
