import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from 'src/common/http/decorators/public.decorator';
import { PaymentsHealthService, type PaymentsHealth } from 'src/modules/monitoring';
import { livenessSchema, paymentsHealthSchema, readinessSchema } from './health.schema';
import { ReadinessService, type Readiness } from './readiness.service';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: ReadinessService,
    private readonly payments: PaymentsHealthService,
  ) {}

  @Public()
  @Get('live')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Check that the process is running',
    description: 'Accesses no dependency, because a slow database must not restart a healthy process.',
  })
  @ApiOkResponse({ description: 'The process runs', standardSchema: livenessSchema })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Public()
  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Check that the process can serve requests',
    description:
      '200 `ok`; 200 `degraded` without Redis, which only adds latency; 503 without PostgreSQL or with an outdated schema.',
  })
  @ApiOkResponse({ description: 'The process serves requests', standardSchema: readinessSchema })
  @ApiServiceUnavailableResponse({
    description: 'The process cannot serve requests',
    standardSchema: readinessSchema,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness.check();
    void reply.status(readiness.status === 'unavailable' ? 503 : 200);
    return readiness;
  }

  @Public()
  @Get('payments')
  @ApiOperation({
    operationId: 'getPaymentsHealth',
    summary: 'Check that a payment would open access now',
    description:
      '503 when a worker is silent, Redis or Stripe refuses, a price or the endpoint is wrong, signatures fail, or events wait. Not for load balancers: who has paid is served anyway.',
  })
  @ApiOkResponse({ description: 'A payment opens access', standardSchema: paymentsHealthSchema })
  @ApiServiceUnavailableResponse({
    description: 'A payment would not open access',
    standardSchema: paymentsHealthSchema,
  })
  async paymentsHealth(@Res({ passthrough: true }) reply: FastifyReply): Promise<PaymentsHealth> {
    const health = await this.payments.check();
    void reply.status(health.status === 'ok' ? 200 : 503);
    return health;
  }
}
