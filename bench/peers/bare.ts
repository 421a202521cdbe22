import { Body, Controller, Get, Header, Headers, HttpCode, Module, Post } from '@nestjs/common';
import Stripe from 'stripe';
import type { PeerOptions } from './peer-options';

/** The least that Nest on Fastify can do: the same bytes in and out, and a handler that only verifies the signature. */
export function bareModule({ chapter, webhookSecret }: PeerOptions): object {
  const { webhooks } = new Stripe('sk_test_bench');

  @Controller()
  class BareController {
    @Post('echo')
    @HttpCode(200)
    echo(@Body() _body: unknown): { received: true } {
      return { received: true };
    }

    @Post('verify')
    @HttpCode(200)
    verify(@Body() body: Buffer, @Headers() headers: Record<string, string>): { received: true } {
      webhooks.constructEvent(body, headers['stripe-signature'] ?? '', webhookSecret);
      return { received: true };
    }

    @Get('chapter')
    @Header('content-type', 'application/json; charset=utf-8')
    chapter(): string {
      return chapter;
    }
  }

  @Module({ controllers: [BareController] })
  class BareModule {}
  return BareModule;
}
