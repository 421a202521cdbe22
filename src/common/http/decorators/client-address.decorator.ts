import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { clientNetwork } from 'src/common/http/client-address';

/** The origin of the request as limits count it: an IPv4 address or an IPv6 /64 network. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  clientNetwork(context.switchToHttp().getRequest<FastifyRequest>().ip),
);
