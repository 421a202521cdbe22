import { z } from 'zod';

export const PORTAL_FLOWS = ['payment_method_update'] as const;

export const portalRequestSchema = z
  .strictObject({
    flow: z
      .enum(PORTAL_FLOWS)
      .optional()
      .describe('Opens the form for another card at once; without it the portal opens at its overview'),
  })
  .default({});
export type PortalRequestBody = z.infer<typeof portalRequestSchema>;

export const portalResponseSchema = z.object({
  url: z.string().describe('A page of this site that the student opens once, signed in to the same account'),
  expires_at: z.iso.datetime(),
});
export type PortalResponse = z.infer<typeof portalResponseSchema>;
