/** Who an operation is for, in the order in which the documentation shows them. Every tag that a controller uses. */
export const TAG_GROUPS = [
  {
    name: 'Students, also through ChatGPT',
    tags: {
      Course: 'The course overview, the next step and the certificate',
      Chapters: 'Reading chapters and sections; premium ones require access',
      Search: 'Search and glossary',
      Quizzes: 'Quizzes, graded by rule',
      Progress: 'Completed sections, time spent and streak',
      Payments: 'Payment links and the subscription',
    },
  },
  { name: 'Accounts', tags: { Auth: 'Registration and sign-in; not available to ChatGPT' } },
  { name: 'Operators', tags: { Operators: 'View and repair accounts; every action is in the audit log' } },
  {
    name: 'Machines',
    tags: {
      ChatGPT: 'The document that a custom GPT imports',
      Webhooks: 'Receives events from Stripe',
      Health: 'Probes for the platform that runs the processes',
    },
  },
] as const;
