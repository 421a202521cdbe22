/** Who an operation is for, in the order in which the documentation shows them. Every tag that a controller uses. */
export const TAG_GROUPS = [
  {
    name: 'Students, also through ChatGPT',
    tags: {
      Course: 'The course at a glance, the next step, the certificate',
      Chapters: 'Reading: chapters and sections, behind the one gate',
      Search: 'Search and glossary',
      Quizzes: 'Quizzes, graded by rule',
      Progress: 'How far the student has come',
      Payments: 'Payment links and the subscription',
    },
  },
  { name: 'Accounts', tags: { Auth: 'Registration and sign-in; never through ChatGPT' } },
  { name: 'Operators', tags: { Operators: 'Looking into accounts and repairing them; every act is logged' } },
  {
    name: 'Machines',
    tags: {
      ChatGPT: 'What a custom GPT imports',
      Webhooks: 'Stripe delivers events here',
      Health: 'For the platform that runs this',
    },
  },
] as const;
