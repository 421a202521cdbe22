import { html, type Html } from 'src/common/http/html';
import type { ListedRefundRequest } from 'src/modules/operators/refund-request-acts.service';
import { opsPage } from './ops-frame';
import { actForm, card, hidden, money, table, time } from './ops-parts';

export const REFUND_NOTICES = {
  approved: 'The refund was made. The student gets an email.',
  declined: 'The request is declined. The student gets your answer by email.',
} as const;
export type RefundNotice = keyof typeof REFUND_NOTICES;

export function refundRequestsPage(
  requests: readonly ListedRefundRequest[],
  notice: RefundNotice | undefined,
): string {
  return opsPage({
    title: 'Refund requests',
    section: '/ops',
    notice: notice && REFUND_NOTICES[notice],
    body: html`<h1>Refund requests</h1>
      <p class="lead">What students ask for, the oldest first. Their words are not checked.</p>
      ${card('To decide', table(['Customer', 'Amount', 'Why', 'Since', 'Decide'], requests.map(row), 'Nobody asks for a refund.'))}`,
  });
}

function row({ request, user }: ListedRefundRequest) {
  const { userId, amountMinor, currency, invoiceId, invoiceNumber, reason, createdAt } = request;
  return [
    html`<a href="/ops/customers/${userId}">${user?.email ?? userId}</a>`,
    html`${money(amountMinor, currency)}<br /><span class="soft">${invoiceNumber ?? invoiceId}</span>`,
    reason,
    time(createdAt),
    html`${approve(request)}${request.status === 'open' ? decline(request) : ''}`,
  ];
}

const approve = ({ id, status, amountMinor, currency }: ListedRefundRequest['request']): Html =>
  actForm({
    action: `/ops/refund-requests/${id}/decide`,
    name: status === 'approving' ? 'Finish the approval' : 'Approve',
    submit: `Refund ${money(amountMinor, currency)}`,
    text: 'Returns all that is left of the invoice, and revokes the period that it paid.',
    fields: hidden({ decision: 'approve' }),
    confirm: 'Return the money. This cannot be undone.',
    danger: true,
  });

const decline = ({ id }: ListedRefundRequest['request']): Html =>
  actForm({
    action: `/ops/refund-requests/${id}/decide`,
    name: 'Decline',
    submit: 'Decline',
    text: 'The student keeps access, and gets your answer by email.',
    fields: html`${hidden({ decision: 'decline' })}<label
        >Answer, for the student<input
          name="answer"
          required
          minlength="3"
          maxlength="500"
          autocomplete="off"
      /></label>`,
  });
