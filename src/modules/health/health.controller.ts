import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from 'src/common/http/decorators/public.decorator';
import { livenessSchema, readinessSchema } from './health.schema';
import { ReadinessService, type Readiness } from './readiness.service';

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Public()
  @Get('live')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Is the process running',
    description: 'Touches nothing: a slow database must not get a healthy process restarted.',
  })
  @ApiOkResponse({ description: 'It runs', standardSchema: livenessSchema })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Public()
  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Can the process serve requests',
    description:
      '200 ok; 200 degraded without Redis, which costs latency only; 503 without PostgreSQL or its schema.',
  })
  @ApiOkResponse({ description: 'It serves', standardSchema: readinessSchema })
  @ApiServiceUnavailableResponse({ description: 'It does not', standardSchema: readinessSchema })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness.check();
    void reply.status(readiness.status === 'unavailable' ? 503 : 200);
    return readiness;
  }
}
