import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { AuditLogRepository } from 'src/modules/operators/persistence/audit-log.repository';
import {
  auditLogQuerySchema,
  auditLogSchema,
  toAuditEntryResponse,
  type AuditEntryResponse,
  type AuditLogQuery,
} from './audit-log.schema';

@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/audit-log')
export class AuditLogController {
  constructor(private readonly audit: AuditLogRepository) {}

  @Get()
  @ApiOperation({
    operationId: 'listAuditLog',
    summary: 'List operator actions, newest first',
    description:
      'Each entry names the operator, the action, its target and the reason. For the next page, pass the last id as `before`.',
  })
  @ApiOkResponse({ description: 'The entries', standardSchema: auditLogSchema })
  async list(
    @Query({ schema: auditLogQuerySchema }) { before, limit }: AuditLogQuery,
  ): Promise<AuditEntryResponse[]> {
    return (await this.audit.list({ before, limit })).map(toAuditEntryResponse);
  }
}
