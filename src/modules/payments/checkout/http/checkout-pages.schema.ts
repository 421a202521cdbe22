import { z } from 'zod';

export const returnQuerySchema = z.object({
  session_id: z.string().regex(/^cs_\w{1,200}$/, 'is not a checkout session id'),
});
export const shortCodeSchema = z.string().regex(/^[\w-]{8,32}$/, 'is not a payment link');
export const cancelledQuerySchema = z.object({ code: shortCodeSchema });
