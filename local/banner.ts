import type { LocalFile } from './local-file';

export interface BannerOptions {
  readonly local: LocalFile;
  readonly logs: string;
  /** Folder that mails are written to; undefined when they go out through a mail server. */
  readonly mails: string | undefined;
  /** A new student's name for the example, so that it also works after the second start. */
  readonly student: string;
}

const TOKEN_FROM_JSON = `sed -E 's/.*"access_token":"([^"]+)".*/\\1/'`;

const LINK_FROM_JSON = `sed -E 's/.*"short_url":"([^"]+)".*/\\1\\n/'`;

/** What a newcomer needs after the start: where everything is, and the journey as commands to paste. */
export function bannerLines({ local, logs, mails, student }: BannerOptions): string[] {
  const { api_url: api, sandbox_url: sandbox, operator } = local;
  return [
    '',
    'Course Companion is running.',
    '',
    `  front page ${api}    API: ${api}/api/v1    health: ${api}/health/ready`,
    sandbox === null
      ? '  Stripe     as configured by STRIPE_SECRET_KEY'
      : `  Stripe     ${sandbox}  (sandbox, no real money)`,
    ...(sandbox === null
      ? []
      : ['  test card  4242 4242 4242 4242, any later date, any CVC; 4000 0000 0000 0002 declines']),
    `  ChatGPT    ${api}/chatgpt/openapi.json  (the Actions document; chatgpt/README.md publishes a GPT)`,
    `  operator   ${operator.email} / ${operator.password}`,
    `             ${api}/docs  (every operation, to try out; queues at /docs/queues)`,
    mails === undefined
      ? '  mail       through SMTP_URL'
      : `  mail       ${mails}  (.eml files: links to confirm an address or to reset a password)`,
    `  logs       ${logs}`,
    '',
    'Try it in another terminal:',
    '',
    '  # 1. register',
    `  API=${api}/api/v1`,
    `  TOKEN=$(curl -s $API/auth/register -H 'content-type: application/json' \\`,
    `    -d '{"email":"${student}@example.com","password":"a long enough password","full_name":"Ada Student"}' \\`,
    `    | ${TOKEN_FROM_JSON})`,
    '  # 2. six chapters, three of them open; chapter 4 answers 403 and says how to upgrade',
    `  curl -sw '\\n' $API/chapters -H "authorization: Bearer $TOKEN"`,
    `  curl -siw '\\n' $API/chapters/chapter-4 -H "authorization: Bearer $TOKEN"`,
    '  # 3. a payment link: open it in a browser, pay, and run the chapter-4 line again',
    `  curl -s -X POST $API/payments/create-checkout-session -H "authorization: Bearer $TOKEN" | ${LINK_FROM_JSON}`,
    '  # 4. cancel keeps what is paid; resume undoes it',
    `  curl -sw '\\n' -X POST $API/payments/cancel-subscription -H "authorization: Bearer $TOKEN"`,
    `  curl -sw '\\n' -X POST $API/payments/resume-subscription -H "authorization: Bearer $TOKEN"`,
    '',
    'Ctrl-C stops everything; the data stays for the next start.',
    '',
  ];
}
