import { z } from 'zod';

export const certificateSchema = z.object({
  code: z.string().describe('Public: anyone with the code can open the certificate page'),
  student_name: z.string().describe('The name on the profile when the certificate was issued'),
  course_title: z.string(),
  issued_at: z.iso.datetime(),
  verification_url: z.url(),
  pdf_url: z.url(),
  signature: z.object({
    format: z.literal('JWS').describe('Compact, RFC 7515'),
    algorithm: z.literal('ES256'),
    key_id: z.string(),
    keys_url: z.url().describe('The public keys as JSON Web Key Set'),
    value: z.string(),
  }),
});
export type CertificateResponse = z.infer<typeof certificateSchema>;
