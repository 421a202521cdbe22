import { z } from 'zod';
import { parseReturnPath } from 'src/modules/auth';

/** As it was formText: a form that is not right is shown again with what is wrong, not answered with a problem document. */
export const formText = z.string().default('');

/** A page of ours to go on to. */
export const returnTo = z.string().optional().transform(parseReturnPath);

export const returnQuerySchema = z.object({ return_to: returnTo });
export type ReturnQuery = z.infer<typeof returnQuerySchema>;
