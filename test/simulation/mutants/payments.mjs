/** Syncing with Stripe, the access rule, selling and cancelling. */
export const paymentMutants = [
  {
    name: 'snapshot-reused',
    what: 'what Stripe said about a customer is kept and used again',
    file: 'customer-sync.service.ts',
    patches: [
      [
        'const state = await this.reader.read(lease.subjectId, events);',
        `const memo = ((this as unknown as { memo?: Map<string, unknown> }).memo ??= new Map());
    if (!memo.has(lease.subjectId)) memo.set(lease.subjectId, await this.reader.read(lease.subjectId, events));
    const state = memo.get(lease.subjectId) as Awaited<ReturnType<CustomerStateReader['read']>>;`,
      ],
    ],
  },
  {
    name: 'deleted-customer-kept',
    what: 'the subscriptions of a deleted customer stay as they were',
    file: 'customer-state.writer.ts',
    patches: [['if (snapshot.deleted) await', 'if (snapshot.deleted && userId === undefined) await']],
  },
  {
    name: 'first-state-kept',
    what: 'a subscription that is known is not updated',
    file: 'subscription.columns.ts',
    patches: [
      [
        "DO UPDATE SET ${updates.join(', ')}, fence",
        "DO UPDATE SET ${updates.filter((text) => !text.startsWith('status =')).join(', ')}, fence",
      ],
    ],
  },
  {
    name: 'resurrect-canceled',
    what: 'a subscription that has ended comes back to life with the next sync',
    file: 'subscription.columns.ts',
    patches: [
      [
        "DO UPDATE SET ${updates.join(', ')}, fence",
        "DO UPDATE SET ${updates.join(', ').replace('status = excluded.status', \"status = CASE WHEN subscriptions.status = 'canceled' THEN 'active' ELSE excluded.status END\")}, fence",
      ],
      [
        "WHERE subscriptions.status NOT IN ('canceled', 'incomplete_expired') OR subscriptions.status = excluded.status`",
        'WHERE true`',
      ],
    ],
  },
  {
    name: 'cancel-takes-paid-time',
    what: 'a scheduled end takes away at once what is paid for',
    file: 'decide-subscription.ts',
    patches: [['    if (now >= cancelAt)', '    if (now >= cancelAt || cancelAt > now)']],
  },
  {
    name: 'every-sync-is-a-change',
    what: 'a sync that changes nothing records a transition',
    file: 'access-recorder.ts',
    patches: [
      [
        'if (from.state === to.state && from.reason === to.reason && from.granted === to.granted) {',
        "if (userId === '') {",
      ],
    ],
  },
];
