import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// ChatGPT talks with the student, and the backend answers from files and tables. It calls no language model.
const MODEL_CLIENTS =
  /openai|anthropic|langchain|llamaindex|cohere|mistral|huggingface|transformers|ollama|gemini|generative-ai|bedrock|vertexai|^ai$/i;

/** Hosts that the source may name, with the reason. Everything that leaves the machine goes to one of the first two. */
const NAMED_HOSTS: Record<string, string> = {
  'api.stripe.com': 'the payment provider, through the stripe package',
  'status.stripe.com': 'a hint in the report of the doctor, never called',
  '127.0.0.1': 'examples and defaults on this machine',
  'companion.example.com': 'represents the own address in published documents, never called',
  'chatgpt.com': 'the link back to the chat on pages, never called',
};
const DOCUMENTED =
  /^https?:\/\/(www\.)?(postgresql\.org|rfc-editor\.org|docs\.stripe\.com|stripe\.com|w3\.org|www\.w3\.org|datatracker\.ietf\.org|cheatsheetseries\.owasp\.org)/;

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/spec\.ts$|testing\//.test(name))
  .map((name) => ({ name, text: readFileSync(join('src', name), 'utf8') }));

describe('no language model in the backend', () => {
  it('depends on no client of one, at any depth', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, unknown>;
    };
    const names = Object.keys(packages).map((path) => path.split('node_modules/').at(-1) ?? '');

    expect(names.length).toBeGreaterThan(300);
    expect(names.filter((name) => MODEL_CLIENTS.test(name))).toEqual([]);
  });

  it('opens connections only in known places: the stripe package, the sandbox clock, PostgreSQL, Redis, the mail server, the alert webhook, the port of the worker, and the doctor to PUBLIC_URL', () => {
    // A call of the global fetch (not of a method of that name), or an import of something that opens sockets.
    const opensConnections =
      /(?:await|return|=>|=|\()\s*fetch\(|^import (?!type).*'(?:node:(?:https?|http2|net|tls|dgram)|undici|axios|got)'/m;
    const callers = sources
      .filter(({ text }) => opensConnections.test(text))
      .map(({ name }) => name)
      .sort();

    expect(callers).toEqual([
      'cli/doctor/check-web.ts',
      'clock/sandbox-clock.ts',
      'mail/smtp-mailer.ts',
      'metrics/worker-server.service.ts',
      'modules/alerts/alert-webhook.ts',
      // A script for the browser of an operator, which calls this server.
      'modules/console/swagger/swagger-renewal.ts',
    ]);
  });

  it('names no other host', () => {
    const named = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/https?:\/\/[a-z0-9.-]+\.[a-z0-9]+/gi)].map(([url]) => ({ name, url })),
    );
    const unknown = named.filter(
      ({ url }) => !DOCUMENTED.test(url) && !(new URL(url).hostname in NAMED_HOSTS),
    );

    expect(named.length).toBeGreaterThan(0);
    expect(unknown).toEqual([]);
  });
});
