/** Receiving, hinting, claiming and retrying events. */
export const inboxMutants = [
  {
    name: 'no-dedupe',
    what: 'a second delivery of an event is inserted like the first',
    file: 'inbox-intake.repository.ts',
    patches: [['    ON CONFLICT (event_id) DO NOTHING\n    RETURNING', '    RETURNING']],
  },
  {
    name: 'answer-before-insert',
    what: 'the delivery is answered while the insert is still under way',
    file: 'ingest.service.ts',
    patches: [
      [
        'async receive(delivery: Delivery): Promise<void> {\n    this.verifier.verify(delivery);',
        `async receive(delivery: Delivery): Promise<void> {
    this.verifier.verify(delivery);
    void this.receiveLater(delivery).catch(() => undefined);
  }

  private async receiveLater(delivery: Delivery): Promise<void> {`,
      ],
    ],
  },
  {
    name: 'ended-not-handled',
    what: 'the end of a subscription is an event that means no work',
    file: 'event-types.ts',
    patches: [["  'customer.subscription.deleted',\n", '']],
  },
  {
    name: 'bulk-add-believed',
    what: 'a bulk add that resolves counts as given, whatever the replies in it say',
    file: 'bull-event-hints.ts',
    patches: [
      [
        'await this.queue.add(name, data, { jobId });',
        'await this.queue.addBulk([{ name, data, opts: { jobId } }]);',
      ],
    ],
  },
  {
    name: 'hint-id-reused',
    what: 'each hint to a row has the same job id',
    file: 'bull-event-hints.ts',
    patches: [["`${idPrefix}-${randomBytes(6).toString('base64url')}`", 'String(idPrefix)']],
  },
  {
    name: 'mail-address-in-job',
    what: 'a job carries more than ids',
    file: 'bull-event-hints.ts',
    patches: [['      data: { id },', "      data: { id, email: 'ada@example.com' },"]],
  },
  {
    name: 'refused-hints-dropped',
    what: 'hints that Redis refuses count as given',
    file: 'dispatcher.service.ts',
    patches: [
      ['for (const due of [...refused, ...(await', 'for (const due of [...(await'],
      ['!isFirst(due));', '!isFirst(due) && refused.length < 0);'],
    ],
  },
  {
    name: 'redis-required',
    what: 'without Redis nobody runs anything',
    file: 'dispatcher.service.ts',
    patches: [['BATCH : this.runner.capacity', 'BATCH : 0']],
  },
  {
    name: 'stripe-outage-counts',
    what: 'an outage of Stripe uses up attempts',
    file: 'event-failures.ts',
    patches: [['thrown instanceof ServiceUnavailableError || isOutage(thrown)', 'isOutage(thrown)']],
  },
  {
    name: 'database-outage-counts',
    what: 'an outage of the database uses up attempts',
    file: 'event-failures.ts',
    patches: [
      [
        'thrown instanceof ServiceUnavailableError || isOutage(thrown)',
        'thrown instanceof ServiceUnavailableError',
      ],
    ],
  },
  {
    name: 'dead-at-first-outage',
    what: 'the first outage makes an event dead',
    file: 'event-failures.ts',
    patches: [['retryInMs: outageBackoffMs(event.outages, Math.random())', 'retryInMs: undefined']],
  },
  {
    name: 'dead-at-first-crash',
    what: 'an event whose process died once is given up',
    file: 'event-failures.ts',
    patches: [['const MAX_CRASHES = 25;', 'const MAX_CRASHES = 1;']],
  },
  {
    name: 'retry-never-due',
    what: 'a failed event is scheduled a year ahead',
    file: 'inbox-work.repository.ts',
    patches: [
      [
        "next_attempt_at = now() + coalesce($4::float8, 0) * interval '1 millisecond',",
        "next_attempt_at = now() + interval '1 year' + coalesce($4::float8, 0) * interval '1 millisecond',",
      ],
    ],
  },
  {
    name: 'waiting-hinted-too-late',
    what: 'the dispatcher overlooks rows whose lease ran out without being given back',
    file: 'inbox-work.repository.ts',
    patches: [['(s.leased_until IS NULL OR s.leased_until <= now())', 's.leased_until IS NULL']],
  },
];
