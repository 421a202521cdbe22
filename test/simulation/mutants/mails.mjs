/** The outbox. */
export const mailMutants = [
  {
    name: 'sent-without-claim',
    what: 'a mail is sent by every worker that finds it',
    file: 'outbox.repository.ts',
    patches: [
      [
        'next_attempt_at = now() + make_interval(secs => $2)\n',
        'next_attempt_at = now() + make_interval(secs => $2 * 0)\n',
      ],
    ],
  },
];
