import { z } from 'zod';
import type { RevokedCertificate } from 'src/modules/chapters';

export const revokedCertificateSchema = z.object({
  code: z.string(),
  user_id: z.uuid(),
  revoked_at: z.iso.datetime().describe('Time of the first revocation'),
});
export type RevokedCertificateResponse = z.infer<typeof revokedCertificateSchema>;

export function toRevokedCertificateResponse({
  code,
  userId,
  revokedAt,
}: RevokedCertificate): RevokedCertificateResponse {
  return { code, user_id: userId, revoked_at: revokedAt.toISOString() };
}
