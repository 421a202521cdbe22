import { createHmac } from 'node:crypto';
import { webhookUrlOf } from 'src/modules/payments';
import type { HttpConfig, StripeConfig } from 'src/config/app-config';
import { Findings, type Finding } from 'src/common/domain/finding';

const TIMEOUT_MS = 5000;
const WEBHOOK_PATH = '/api/v1/payments/webhook';

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The answers of the running web process; `undefined` for none. */
export interface WebFacts {
  readonly readiness: Answer | undefined;
  readonly actionsServer: string | undefined;
  /** By position of the secret in STRIPE_WEBHOOK_SECRET. */
  readonly probes: readonly (Answer | undefined)[];
}

/** Asks the running web process at PUBLIC_URL, and signs one event with each secret to see whether it accepts them. */
export async function checkWeb({ publicUrl }: HttpConfig, stripe: StripeConfig): Promise<Finding[]> {
  const readiness = await ask(`${publicUrl}/health/ready`);
  const actions = await ask(`${publicUrl}/chatgpt/openapi.json`);
  const probes =
    readiness === undefined
      ? []
      : await Promise.all(
          stripe.webhookSecrets.map((secret) => probe(webhookUrlOf(publicUrl), secret, stripe)),
        );
  const [server] = (actions?.body['servers'] ?? []) as { url?: string }[];
  return judgeWeb({ readiness, actionsServer: server?.url, probes }, publicUrl);
}

export function judgeWeb({ readiness, actionsServer, probes }: WebFacts, publicUrl: string): Finding[] {
  const found = new Findings('Web');
  if (readiness === undefined)
    found.error(
      `nothing answers at PUBLIC_URL (${publicUrl})`,
      'start the web process, and check DNS, TLS and proxy',
    );
  else if (readiness.body['checks'] === undefined)
    found.error(
      `another program answers at PUBLIC_URL (${publicUrl})`,
      'correct PUBLIC_URL or the proxy behind it',
    );
  else if (readiness.status !== 200)
    found.error(
      `is not ready: ${JSON.stringify(readiness.body['checks'])}`,
      'fix the part that is down or pending; see its own line in this report',
    );
  else if (actionsServer !== publicUrl)
    found.error(
      `its document for ChatGPT names ${actionsServer ?? 'no server'} instead of ${publicUrl}`,
      'restart the web process with the same PUBLIC_URL as this command',
    );
  probes.forEach((answer, index) => judgeProbe(found, answer, index + 1));
  return found.done('is ready, and accepts events signed with STRIPE_WEBHOOK_SECRET');
}

function judgeProbe(found: Findings, answer: Answer | undefined, position: number): void {
  if (answer?.status === 200) return;
  if (answer?.body['code'] === 'invalid_signature')
    return found.error(
      `the running process refuses signatures of secret ${position} in STRIPE_WEBHOOK_SECRET`,
      'restart the web process with the same STRIPE_WEBHOOK_SECRET, and check its clock',
    );
  found.error(
    `the webhook does not accept an event (${answer === undefined ? 'no answer' : `status ${answer.status}`})`,
    `open ${WEBHOOK_PATH} for POST in the proxy, and read the log of the web process`,
  );
}

async function ask(url: string, init: RequestInit = {}): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = (await response.json().catch(() => ({}))) as Answer['body'];
    return { status: response.status, body };
  } catch {
    return undefined;
  }
}

/** The id is constant, so that the inbox keeps one row for all probes. Its type is unknown, so it causes no work. */
function probe(url: string, secret: string, { livemode }: StripeConfig): Promise<Answer | undefined> {
  const seconds = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({
    id: 'evt_companion_doctor',
    object: 'event',
    type: 'companion.doctor',
    created: seconds,
    livemode,
    data: { object: { id: 'doctor', object: 'doctor' } },
  });
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${signature}` };
  return ask(url, { method: 'POST', headers, body });
}
