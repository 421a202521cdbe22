import type { FastifyReply } from 'fastify';
import { ApiError, invalid } from '../core/errors';

export function readJson(body: unknown): Record<string, unknown> {
  if (typeof body !== 'string' || body === '') return {};
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    throw invalid('The body must be JSON.');
  }
}

export function guarded(reply: FastifyReply, work: () => object): object {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    void reply.code(error.status);
    return { error: error.body };
  }
}
