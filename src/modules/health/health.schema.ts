import { z } from 'zod';

export const livenessSchema = z.object({ status: z.literal('ok') });

export const readinessSchema = z.object({
  status: z.enum(['ok', 'degraded', 'unavailable']),
  checks: z.object({
    postgres: z.enum(['up', 'down']),
    migrations: z.enum(['applied', 'pending', 'unknown']),
    redis: z.enum(['up', 'down', 'not_configured']),
  }),
});

const check = z.enum(['ok', 'failing', 'unknown']);

export const paymentsHealthSchema = z.object({
  status: z.enum(['ok', 'failing']),
  checks: z.object({
    worker: check,
    redis: check,
    stripe_key: check,
    stripe_reachable: check,
    prices: check,
    endpoint: check,
    signatures: check,
    backlog: check,
  }),
});
