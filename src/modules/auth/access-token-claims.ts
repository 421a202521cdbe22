import { z } from 'zod';
import { SCOPES, type Scope } from 'src/common/domain/scopes';

/** Keeps other JWTs of the same keys (an ID token, say) from passing as access tokens: RFC 9068, section 2.1. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';

/** What must be in a token whose signature, issuer, audience and times have been checked; jsonwebtoken lets `exp` be absent. */
export const accessTokenClaimsSchema = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.string().min(1),
  exp: z.number(),
  /** Only in tokens that a connected application was given (RFC 9068, section 2.2). */
  client_id: z.string().optional(),
  /** What that application may do; names that are not ours permit nothing. */
  scope: z
    .string()
    .transform((text) => text.split(' ').filter(isScope))
    .optional(),
});

export type AccessTokenClaims = z.infer<typeof accessTokenClaimsSchema>;

const isScope = (name: string): name is Scope => (SCOPES as readonly string[]).includes(name);

const headerSchema = z.object({ typ: z.literal(ACCESS_TOKEN_TYPE), kid: z.string() });

/** The kid of something that claims to be an access token; undefined for anything else. Proves nothing by itself. */
export function parseKeyId(token: string): string | undefined {
  try {
    const [header = ''] = token.split('.', 1);
    return headerSchema.safeParse(JSON.parse(Buffer.from(header, 'base64url').toString())).data?.kid;
  } catch {
    return undefined;
  }
}
