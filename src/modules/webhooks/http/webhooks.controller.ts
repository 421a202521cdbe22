import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RAW_BODY } from 'src/common/http/body-parsers';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { RequestId } from 'src/common/http/decorators/request-id.decorator';
import { SignatureError } from 'src/modules/payments';
import { IngestService } from 'src/modules/webhooks/ingest.service';
import { MalformedEventError } from 'src/modules/webhooks/webhooks.errors';

const receivedSchema = z.object({ received: z.literal(true) });

@ApiTags('Webhooks')
@Controller('api/v1/payments')
export class WebhooksController {
  constructor(private readonly ingest: IngestService) {}

  /** Public, because the signature over the exact bytes is the proof. */
  @Public()
  @Post('webhook')
  @HttpCode(200)
  @RouteConfig(RAW_BODY)
  @ApiOperation({
    operationId: 'receiveStripeEvent',
    summary: 'Stripe delivers events here',
    description:
      '200 means stored for good. 400: bad signature or not an event. 503: could not be stored, send it again.',
  })
  @ApiOkResponse({ description: 'Stored', standardSchema: receivedSchema })
  @ApiProblems(new SignatureError('mismatch'), new MalformedEventError())
  async receive(
    @Body() body: unknown,
    @Headers('stripe-signature') signature: string | undefined,
    @RequestId() requestId: string,
  ): Promise<{ received: true }> {
    // A request without a body has nothing that could have been signed.
    const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    await this.ingest.receive({ rawBody, signature, requestId });
    return { received: true };
  }
}
