import { z } from 'zod';
import { AUDIT_ACTIONS, type AuditEntry } from 'src/modules/operators/persistence/audit-log.repository';
import { pageSizeSchema, rowIdSchema } from './operator.schema';

export const auditLogQuerySchema = z.strictObject({
  before: rowIdSchema.optional().describe('The last id of the previous page'),
  limit: pageSizeSchema,
});
export type AuditLogQuery = z.infer<typeof auditLogQuerySchema>;

const auditEntrySchema = z.object({
  id: z.number().int(),
  operator_id: z.uuid(),
  action: z.enum(AUDIT_ACTIONS),
  target_kind: z.string(),
  target_id: z.string(),
  user_id: z.uuid().optional().describe('The user whom the action affected'),
  reason: z.string(),
  details: z.record(z.string(), z.unknown()).describe('Ids and dates of the action'),
  request_id: z.string(),
  created_at: z.iso.datetime(),
});
export const auditLogSchema = z.array(auditEntrySchema);
export type AuditEntryResponse = z.infer<typeof auditEntrySchema>;

export function toAuditEntryResponse(entry: AuditEntry): AuditEntryResponse {
  return {
    id: entry.id,
    operator_id: entry.operatorId,
    action: entry.action,
    target_kind: entry.targetKind,
    target_id: entry.targetId,
    user_id: entry.userId ?? undefined,
    reason: entry.reason,
    details: entry.details,
    request_id: entry.requestId,
    created_at: entry.createdAt.toISOString(),
  };
}
