import { z } from 'zod';
import { SCOPES } from 'src/common/domain/scopes';
import type { OAuthClient } from 'src/modules/oauth';
import { iso, reasonSchema } from './operator.schema';

export const clientIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be a client id');

export const redirectUrisBodySchema = z.strictObject({
  redirect_uris: z
    .array(z.string().max(2000))
    .max(20)
    .describe('All redirect URIs, matched exactly; the GPT editor shows the callback URLs of ChatGPT'),
  reason: reasonSchema,
});
export type RedirectUrisBody = z.infer<typeof redirectUrisBodySchema>;

export const oauthClientSchema = z.object({
  client_id: z.string(),
  name: z.string().describe('Shown on the consent page'),
  confidential: z.boolean().describe('Authenticates with a secret; other clients use PKCE'),
  scopes: z.array(z.enum(SCOPES)).describe('The scopes that it may request'),
  redirect_uris: z.array(z.string()),
  has_secret: z.boolean(),
  previous_secret_until: z.iso
    .datetime()
    .optional()
    .describe('The previous secret keeps working until this time'),
  updated_at: z.iso.datetime(),
});
export const oauthClientsSchema = z.array(oauthClientSchema);
export type OAuthClientResponse = z.infer<typeof oauthClientSchema>;

export const clientSecretSchema = z.object({
  client: oauthClientSchema,
  client_secret: z.string().describe('Shown once: only its hash is stored'),
});
export type ClientSecretResponse = z.infer<typeof clientSecretSchema>;

export function toOAuthClientResponse(client: OAuthClient): OAuthClientResponse {
  return {
    client_id: client.id,
    name: client.name,
    confidential: client.confidential,
    scopes: [...client.scopes],
    redirect_uris: [...client.redirectUris],
    has_secret: client.hasSecret,
    previous_secret_until: iso(client.previousSecretUntil),
    updated_at: client.updatedAt.toISOString(),
  };
}
