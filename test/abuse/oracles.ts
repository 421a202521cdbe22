import { excerpt } from '../support/openapi-schemas';
import { OpenApiValidator, pathOf } from '../support/openapi-validator';
import type { Route } from '../support/routes';
import type { AbuseRequest } from './request';
import type { Victim } from './world';
import type { WireAnswer } from './wire';

export interface Facts {
  readonly routes: readonly Route[];
  readonly victims: readonly Victim[];
  readonly premiumTexts: readonly string[];
  readonly premiumChapters: readonly string[];
  /** Configured secrets: keys, passwords, connection strings. */
  readonly secrets: readonly string[];
}

/** What only a bug lets out: traces, paths of files, the text of SQL and of its errors, password hashes. */
const INSIDES =
  /\n\s+at \S+ ?\(|node_modules|\.[jt]s:\d+:\d+|QueryFailedError|syntax error at or near|violates \w+(?:-\w+)? constraint|invalid input (?:syntax|value)|ECONNREFUSED|\$argon2|PRIVATE KEY/;
/** A request may be refused for its body before anyone asks who sends it. */
const UNREADABLE = [400, 413, 415];
// find-my-way refuses longer parameters before any route is chosen.
const LONGEST_PARAMETER = 100;
const DISCLOSING_COURSE_TEXT = 500;

/** Judges one answer; everything wrong with it is one line. */
export class Oracles {
  private readonly validator = new OpenApiValidator();
  private readonly templates: ReadonlyMap<string, string>;

  constructor(private readonly facts: Facts) {
    this.templates = new Map(
      facts.routes.map(({ method, path, audience }) => [
        `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
        audience,
      ]),
    );
  }

  judge(request: AbuseRequest, answer: WireAnswer): string[] {
    return [
      ...this.document(request, answer),
      ...this.audience(request, answer),
      ...this.disclosure(request, answer),
      ...this.headers(answer),
      ...this.failure(request, answer),
    ];
  }

  /** A report about payments is red while wrong signatures arrive, which is what this client sends. */
  private failure({ target }: AbuseRequest, { status, text }: WireAnswer): string[] {
    const isReport = status === 503 && pathOf(target) === '/health/payments';
    return status >= 500 && !isReport ? [`a ${status}: ${excerpt(text)}`] : [];
  }

  private document({ method, target }: AbuseRequest, { status, headers, text }: WireAnswer): string[] {
    const contentType = headers['content-type'];
    return this.validator.violations({ method, url: target, status, contentType, body: text });
  }

  /** 401 and 403 where the route table says so, and nowhere else. */
  private audience(request: AbuseRequest, { status, text }: WireAnswer): string[] {
    const { actor, target, bodyIsReadable } = request;
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const path = pathOf(target);
    const found = this.validator.find(method, path);
    if (found === undefined || isUnroutable(path) || status === 431) return [];
    const audience = this.templates.get(`${method} ${found.path}`) ?? 'public';
    const name = `${method} ${found.path} (${audience}) as ${actor}`;
    const refusal = this.refusalOf(request, audience);
    const code = (/"code":"(\w+)"/.exec(text) ?? [])[1];
    if (refusal === undefined) {
      const denied = code === 'forbidden' || (code === 'unauthenticated' && audience !== 'public');
      return denied ? [`${name}: is refused with ${status} ${code}`] : this.gate(request, found.path, status);
    }
    const allowed = bodyIsReadable ? [refusal] : [refusal, ...UNREADABLE];
    return allowed.includes(status) ? [] : [`${name}: expected ${refusal}, got ${status}`];
  }

  private refusalOf({ actor }: AbuseRequest, audience: string): number | undefined {
    if (audience === 'public') return undefined;
    if (actor === 'anonymous' || actor === 'stranger') return 401;
    return audience === 'operator' && actor !== 'operator' ? 403 : undefined;
  }

  /** A free student gets no content of a premium chapter. */
  private gate({ actor, target }: AbuseRequest, template: string, status: number): string[] {
    if (actor !== 'student-a' || status >= 400 || status === 304) return [];
    const part = template.split('/').findIndex((segment) => segment === '{chapterId}');
    const chapter = pathOf(target).split('/')[part];
    return this.facts.premiumChapters.includes(chapter ?? '') ? [`${chapter} is open to a free student`] : [];
  }

  private disclosure(request: AbuseRequest, { text, headers, status }: WireAnswer): string[] {
    const whole = `${text}\n${JSON.stringify(headers)}`;
    const sent = `${readable(request.target)}\n${request.target}\n${JSON.stringify(request.headers)}\n${readable(request.body?.toString() ?? '')}\n${request.body?.toString() ?? ''}`;
    const found = this.facts.victims
      .filter(({ actor }) => actor !== request.actor && request.actor !== 'operator')
      .flatMap(({ secrets }) => secrets)
      // What the caller knew already is no disclosure when it is repeated.
      .filter((secret) => whole.includes(secret) && !sent.includes(secret));
    const insides = status >= 400 || text.length < DISCLOSING_COURSE_TEXT ? INSIDES.exec(whole) : null;
    return [
      ...found.map((secret) => `shows ${secret} of somebody else`),
      ...this.facts.secrets
        .filter((secret) => whole.includes(secret))
        .map((secret) => `shows the secret ${secret}`),
      ...(insides === null ? [] : [`shows its insides: ${excerpt(insides[0])}`]),
      ...this.premium(request, text),
    ];
  }

  private premium({ actor }: AbuseRequest, text: string): string[] {
    if (actor === 'student-b' || actor === 'operator' || text.length < 60) return [];
    const leaked = this.facts.premiumTexts.find((sentence) => text.includes(sentence));
    return leaked === undefined ? [] : [`shows premium text: ${excerpt(leaked)}`];
  }

  private headers({ headers }: WireAnswer): string[] {
    return [
      ...('x-injected' in headers ? ['a header of the caller appears in the answer'] : []),
      ...('x-powered-by' in headers || 'server' in headers ? ['names its software'] : []),
    ];
  }
}

/** No route is chosen for it, so nobody asks who sends it. */
const isUnroutable = (path: string) =>
  path.split('/').some((segment) => {
    const text = decode(segment);
    return text === undefined || text.length > LONGEST_PARAMETER;
  });

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Every value of a target as its reader sees it, also beside one that cannot be decoded. */
const readable = (target: string): string =>
  target
    .split(/[?&=/]/)
    .map((part) => decode(part.replaceAll('+', ' ')) ?? part)
    .join('\n');
