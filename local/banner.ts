import type { LocalFile } from './local-file';

export interface BannerOptions {
  readonly local: LocalFile;
  readonly logs: string;
  /** Folder for emails; undefined when a mail server sends them. */
  readonly emails: string | undefined;
  /** A new name for the example, so that the example also works after the second start. */
  readonly student: string;
}

const TOKEN_FROM_JSON = `sed -E 's/.*"access_token":"([^"]+)".*/\\1/'`;

const LINK_FROM_JSON = `sed -E 's/.*"short_url":"([^"]+)".*/\\1\\n/'`;

/** What a newcomer needs after the start: all addresses, and the journey as commands to paste. */
export function bannerLines({ local, logs, emails, student }: BannerOptions): string[] {
  const { api_url: api, sandbox_url: sandbox, operator } = local;
  return [
    '',
    'Course Companion is running.',
    '',
    `  front page ${api}    API: ${api}/api/v1    health: ${api}/health/ready`,
    ...stripeLines(sandbox),
    `  ChatGPT    ${api}/chatgpt/openapi.json  (the Actions document; chatgpt/README.md explains how to publish a GPT)`,
    `  operator   ${operator.email} / ${operator.password}`,
    `             ${api}/docs  (try every operation; queue dashboard at /docs/queues)`,
    emails === undefined
      ? '  email      through SMTP_URL'
      : `  email      ${api}/dev/mail  (every email with its links, and all templates; the files are in ${emails})`,
    `  logs       ${logs}`,
    '',
    'Try it in another terminal:',
    '',
    '  # 1. Register.',
    `  API=${api}/api/v1`,
    `  TOKEN=$(curl -s $API/auth/register -H 'content-type: application/json' \\`,
    `    -d '{"email":"${student}@example.com","password":"a long enough password","full_name":"Ada Student"}' \\`,
    `    | ${TOKEN_FROM_JSON})`,
    '  # 2. List six chapters, three of them open. Chapter 4 answers 403 and says how to upgrade.',
    `  curl -sw '\\n' $API/chapters -H "authorization: Bearer $TOKEN"`,
    `  curl -siw '\\n' $API/chapters/chapter-4 -H "authorization: Bearer $TOKEN"`,
    '  # 3. Create a payment link. Open it in a browser, pay, and run the line for chapter 4 again.',
    `  curl -s -X POST $API/payments/create-checkout-session -H "authorization: Bearer $TOKEN" | ${LINK_FROM_JSON}`,
    '  # 4. Cancel at the end of the paid period. Resuming undoes it.',
    `  curl -sw '\\n' -X POST $API/payments/cancel-subscription -H "authorization: Bearer $TOKEN"`,
    `  curl -sw '\\n' -X POST $API/payments/resume-subscription -H "authorization: Bearer $TOKEN"`,
    '',
    'Press Ctrl-C to stop everything. The data stays for the next start.',
    '',
  ];
}

function stripeLines(sandbox: string | null): string[] {
  if (sandbox === null) return ['  Stripe     as configured by STRIPE_SECRET_KEY'];
  return [
    `  Stripe     ${sandbox}  (sandbox, no real money)`,
    '  test card  4242 4242 4242 4242, any future date, any CVC; 4000 0000 0000 0002 is declined',
  ];
}
