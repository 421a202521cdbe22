/** Leases, fences, sync requests, transactions and loops. */
export const engineMutants = [
  {
    name: 'request-served-too-early',
    what: 'a sync serves requests that were made after its fetch began, and the next one too',
    file: 'subjects.repository.ts',
    patches: [
      ['sync_served = greatest(sync_served, $2)', 'sync_served = greatest(sync_requested - 1, $2) - 1'],
    ],
  },
  {
    name: 'sync-requests-forgotten',
    what: 'a sync that failed is never tried again',
    file: 'subjects.repository.ts',
    patches: [
      ['next_sync_at = now() + least(power', "next_sync_at = now() + interval '1 year' + least(power"],
    ],
  },
  {
    name: 'transaction-not-joined',
    what: 'statements inside a transaction run beside it',
    file: 'database.ts',
    patches: [['if (current !== undefined) return work(current);\n', '']],
  },
  {
    name: 'commit-on-error',
    what: 'work that throws is committed',
    file: 'database.ts',
    patches: [['await runner.rollbackTransaction().catch', 'await runner.commitTransaction().catch']],
  },
  {
    name: 'failed-look-stops-the-loop',
    what: 'after one look that fails the loop never looks again',
    file: 'guarded-look.ts',
    patches: [
      ['      .catch(onFailure)\n      .finally(() => {', '      .then(() => {'],
      [
        '    return this.looking;\n',
        '    clearTimeout(watchdog);\n    return this.looking.catch(onFailure);\n',
      ],
    ],
  },
  {
    name: 'no-poll',
    what: 'nothing is behind the notifications',
    file: 'notified-loop.ts',
    patches: [
      [
        'setInterval(() => this.wake(), this.options.intervalMs)',
        'setInterval(() => undefined, this.options.intervalMs)',
      ],
    ],
  },
  {
    name: 'wake-up-during-look-lost',
    what: 'a notification that arrives while the loop looks is forgotten, and there is no poll',
    file: 'notified-loop.ts',
    patches: [
      ['if (looked === undefined) this.lookAgain = true;\n    else void', 'if (looked !== undefined) void'],
      [
        'setInterval(() => this.wake(), this.options.intervalMs)',
        'setInterval(() => this.wake(), 3_600_000)',
      ],
    ],
  },
];
