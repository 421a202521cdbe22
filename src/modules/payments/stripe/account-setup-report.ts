import type { AccountSetup } from './stripe-account-setup';

/** Emails that this backend sends itself; both would reach the student. */
const STRIPE_EMAILS = [
  'Successful payments',
  'Refunds',
  'Failed payments',
  'Upcoming renewals',
  'Trial ending',
  'Payments that need confirmation (3D Secure)',
];

/** The lines for the environment, with what is left to do as comments. A known secret is never printed. */
export function reportOf({
  monthlyPriceId,
  yearlyPriceId,
  portalConfigurationId,
  endpoint,
}: AccountSetup): string {
  return [
    `STRIPE_PREMIUM_PRICE_ID=${monthlyPriceId}`,
    `STRIPE_PREMIUM_YEARLY_PRICE_ID=${yearlyPriceId}`,
    `STRIPE_PORTAL_CONFIGURATION_ID=${portalConfigurationId}`,
    ...endpointLines(endpoint),
    '# Switch these emails off in the dashboard (Settings > Billing > Emails). This backend sends its own:',
    ...STRIPE_EMAILS.map((email) => `#   ${email}`),
  ].join('\n');
}

function endpointLines(endpoint: AccountSetup['endpoint']): string[] {
  switch (endpoint.state) {
    case 'skipped':
      return [
        '# No webhook endpoint: PUBLIC_URL is not a public https address. Run `stripe listen` (README.md) and copy its secret.',
      ];
    case 'unchanged':
    case 'updated':
      return [
        `# The webhook endpoint ${endpoint.id} is ${endpoint.state}. Keep STRIPE_WEBHOOK_SECRET: Stripe shows a secret only once.`,
      ];
    case 'created':
      return [`STRIPE_WEBHOOK_SECRET=${endpoint.secret}`, ...replacementLines(endpoint.replaces)];
  }
}

function replacementLines(replaced: readonly string[]): string[] {
  if (replaced.length === 0) return [];
  return [
    '# An endpoint of another API version exists. Set both secrets, separated by a comma, and deploy. Once the new',
    `# endpoint has delivered events, delete the old one (${replaced.join(', ')}) and its secret.`,
  ];
}
