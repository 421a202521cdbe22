import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AppError } from 'src/common/errors/app-error';

/** What a rejected form shows. */
export interface FormRefusal {
  /** The first mistake of each field, as a sentence. */
  readonly errors?: Readonly<Partial<Record<string, string>>>;
  /** Why it failed, when no field is the reason. */
  readonly error?: string;
}

/**
 * Sets the status of a form that is shown again (422 or 429) and returns what it shows. Outages and bugs are thrown again.
 */
export function refuseForm(reply: FastifyReply, thrown: unknown): FormRefusal {
  if (thrown instanceof z.ZodError) {
    void reply.status(422);
    return { errors: fieldErrors(thrown) };
  }
  if (!(thrown instanceof AppError) || thrown.kind === 'unavailable') throw thrown;
  void reply.status(thrown.kind === 'rate_limited' ? 429 : 422);
  if (thrown.retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(thrown.retryAfterSeconds));
  return thrown.errors.length > 0 ? { errors: fieldErrorsOf(thrown) } : { error: thrown.detail };
}

function fieldErrorsOf({ errors }: AppError): Record<string, string> {
  return Object.fromEntries(errors.map(({ pointer, detail }) => [pointer.slice(1), `It ${detail}.`]));
}

function fieldErrors({ issues }: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) errors[String(path[0] ?? '')] ??= `It ${message}.`;
  return errors;
}
