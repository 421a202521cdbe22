import { previousAttributes } from '../../core/diff';
import { invalid, noSuch } from '../../core/errors';
import { newId } from '../../core/random';
import { defineCollection } from '../../core/store';
import type { World } from '../../core/world';
import { charges } from '../charges/charge';
import { paymentIntents } from '../payment-intents/intent.record';
import { cardOf } from '../payment-methods/payment-method';
import { type DisputeKind, type DisputeRecord, dueBy, newDispute } from './dispute.record';

export const disputes = defineCollection<DisputeRecord>('disputes', ['charge', 'payment_intent']);

/** Disputes charges of the dispute test cards, and loses unanswered disputes. */
export function startDisputes(world: World): void {
  world.signals.on('intent.succeeded', (intent) => {
    const { latest_charge, payment_method } = paymentIntents(world).find(intent) ?? {};
    const kind = cardOf(world, payment_method ?? '')?.dispute;
    if (kind && latest_charge) openDispute(world, latest_charge, kind);
  });
  world.scheduler.on('dispute.due', (id) => {
    const dispute = disputes(world).find(id);
    if (dispute && isOpen(dispute)) closeDispute(world, id, 'lost');
  });
}

/** An inquiry asks first and takes no money; a dispute withdraws the amount at once. */
export function openDispute(world: World, chargeId: string, kind: DisputeKind): DisputeRecord {
  const charge = charges(world).find(chargeId);
  if (!charge) throw noSuch('charge', chargeId, 'charge');
  const dispute = disputes(world).put(newDispute(newId('du', 24), { charge, kind, now: world.clock.now() }));
  charges(world).patch(charge.id, { disputed: true });
  world.scheduler.schedule('dispute.due', dispute.id, dueBy(dispute));
  world.journal.emit('charge.dispute.created', dispute);
  if (kind !== 'inquiry') world.journal.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

export function getDispute(world: World, id: string): DisputeRecord {
  const dispute = disputes(world).find(id);
  if (!dispute) throw noSuch('dispute', id);
  return dispute;
}

const OPEN: ReadonlySet<string> = new Set([
  'needs_response',
  'under_review',
  'warning_needs_response',
  'warning_under_review',
]);

export function isOpen(dispute: DisputeRecord): boolean {
  return OPEN.has(dispute.status);
}

/** Changes an open dispute; emits charge.dispute.updated. */
export function updateDispute(world: World, id: string, change: Partial<DisputeRecord>): DisputeRecord {
  const before = getDispute(world, id);
  const after = disputes(world).patch(id, change);
  world.journal.emit('charge.dispute.updated', after, { previous: previousAttributes(before, after) });
  return after;
}

/** Hands evidence in. The texts `winning_evidence` and `losing_evidence` decide at once, others wait for the due date. */
export function submitEvidence(world: World, id: string, text: string | null): DisputeRecord {
  const before = getDispute(world, id);
  if (!isOpen(before)) throw invalid('This dispute is already closed.', 'id', 'dispute_already_closed');
  const { submission_count } = before.evidence_details;
  const status = isInquiry(before) ? 'warning_under_review' : 'under_review';
  const evidence_details = {
    ...before.evidence_details,
    has_evidence: true,
    submission_count: submission_count + 1,
    submission_method: 'manual',
  };
  updateDispute(world, id, { status, evidence_details });
  if (text === 'winning_evidence') return closeDispute(world, id, 'won');
  if (text === 'losing_evidence') return closeDispute(world, id, 'lost');
  return getDispute(world, id);
}

/** The end of a dispute; a won one gives the money back. An inquiry just closes. */
export function closeDispute(world: World, id: string, outcome: 'won' | 'lost'): DisputeRecord {
  const before = getDispute(world, id);
  if (!isOpen(before)) throw invalid('This dispute is already closed.', 'id', 'dispute_already_closed');
  const status = isInquiry(before) ? 'warning_closed' : outcome;
  const closed = disputes(world).patch(id, { status });
  world.journal.emit('charge.dispute.closed', closed);
  if (status === 'won') world.journal.emit('charge.dispute.funds_reinstated', closed);
  return closed;
}

function isInquiry(dispute: DisputeRecord): boolean {
  return dispute.status.startsWith('warning_');
}
