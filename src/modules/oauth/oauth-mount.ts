import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientNetwork } from 'src/common/http/client-address';
import { HttpConfig } from 'src/config/app-config';
import { SessionCookie } from 'src/modules/auth';
import { OAuthProvider } from './oauth-provider';
import { rememberFacts } from './request-facts';

const PATHS = ['/oauth/*', '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

/** Puts the authorization server at its addresses. It reads requests and writes answers by itself. */
@Injectable()
export class OAuthMount implements OnModuleInit {
  private readonly url: URL;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly provider: OAuthProvider,
    private readonly cookie: SessionCookie,
    { publicUrl }: HttpConfig,
  ) {
    this.url = new URL(publicUrl);
  }

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const handle = this.provider.callback();
    void fastify.register((routes, _options, done) => {
      // Bodies stay unread: the authorization server takes them from the socket, with limits of its own.
      routes.removeAllContentTypeParsers();
      routes.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      for (const path of PATHS) {
        routes.all(path, (request, reply) => this.handOver(request, reply, handle));
      }
      done();
    });
  }

  private handOver(
    received: FastifyRequest,
    reply: FastifyReply,
    handle: ReturnType<OAuthProvider['callback']>,
  ): void {
    const request = received.raw;
    reply.hijack();
    rememberFacts(request, {
      address: clientNetwork(received.ip),
      browserSecret: this.cookie.read(received),
    });
    // Addresses in answers come from the configuration, never from what a caller puts into headers.
    request.headers.host = this.url.host;
    request.headers['x-forwarded-proto'] = this.url.protocol.slice(0, -1);
    delete request.headers['x-forwarded-host'];
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.setHeader('cache-control', 'no-store');
    void handle(request, reply.raw);
  }
}
