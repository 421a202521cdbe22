import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../sandbox';

/** The pages for people. */
export function servePages(_server: FastifyInstance, _sandbox: Sandbox): void {}
