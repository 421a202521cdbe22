import type { TimelineEntry } from 'src/modules/operators/user-timeline.service';
import { iso } from './operator.schema';
import type { TimelineEntryResponse } from './timeline.schema';

type Entry<Kind extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: Kind }>;

export function toTimelineEntryResponse(entry: TimelineEntry): TimelineEntryResponse {
  switch (entry.kind) {
    case 'webhook_event':
      return toEvent(entry);
    case 'transition':
      return toTransition(entry);
    case 'stripe_operation':
      return toOperation(entry);
    case 'grant':
    case 'grant_revoked':
      return toGrant(entry);
    case 'audit':
      return toAudit(entry);
  }
}

const place = ({ position, at }: TimelineEntry) => ({ position, at: at.toISOString() });

const toEvent = (entry: Entry<'webhook_event'>): TimelineEntryResponse => ({
  ...place(entry),
  kind: entry.kind,
  id: entry.id,
  event_id: entry.eventId,
  type: entry.type,
  customer_id: entry.customerId,
  status: entry.status,
  status_reason: entry.statusReason ?? undefined,
  processed_at: iso(entry.processedAt),
});

const toTransition = (entry: Entry<'transition'>): TimelineEntryResponse => ({
  ...place(entry),
  kind: entry.kind,
  from: entry.from,
  to: entry.to,
  granted: entry.granted,
  reason: entry.reason,
  until: iso(entry.until),
  subscription_id: entry.subscriptionId ?? undefined,
  cause: { kind: entry.causeKind, id: entry.causeId },
});

const toOperation = (entry: Entry<'stripe_operation'>): TimelineEntryResponse => ({
  ...place(entry),
  kind: entry.kind,
  id: entry.id,
  operation: entry.operation,
  status: entry.status,
  target: entry.target,
  result_id: entry.resultId ?? undefined,
  error_code: entry.errorCode ?? undefined,
  request_id: entry.requestId ?? undefined,
  finished_at: iso(entry.finishedAt),
});

const toGrant = (entry: Entry<'grant' | 'grant_revoked'>): TimelineEntryResponse => ({
  ...place(entry),
  kind: entry.kind,
  id: entry.id,
  reason: entry.reason,
  starts_at: entry.startsAt.toISOString(),
  ends_at: iso(entry.endsAt),
  granted_by: entry.grantedBy,
});

const toAudit = (entry: Entry<'audit'>): TimelineEntryResponse => ({
  ...place(entry),
  kind: entry.kind,
  id: entry.id,
  operator_id: entry.operatorId,
  action: entry.action,
  target_kind: entry.targetKind,
  target_id: entry.targetId,
  reason: entry.reason,
  request_id: entry.requestId,
});
