import Stripe from 'stripe';
import { currentProcess } from '../kernel/process';
import type { Random } from '../kernel/random';
import type { Scheduler } from '../kernel/scheduler';
import type { Story } from '../kernel/story';
import { answer, parseParams, SERVER_ERROR, type ApiAnswer, type ApiRequest } from './stripe-api';
import type { StripeModel } from './stripe-model';

/** Of requests, the share that each trouble befalls. */
export interface StripeFaults {
  readonly typicalMs: number;
  readonly slow: number;
  readonly lostReply: number;
  readonly unreachable: number;
  readonly limited: number;
  readonly broken: number;
  /** Broken after the work was done; the answer is kept for the key all the same. */
  readonly brokenAfterwards: number;
  readonly garbled: number;
}

export const NO_STRIPE_FAULTS: StripeFaults = {
  typicalMs: 20,
  slow: 0,
  lostReply: 0,
  unreachable: 0,
  limited: 0,
  broken: 0,
  brokenAfterwards: 0,
  garbled: 0,
};

const TROUBLES = [
  'slow',
  'lostReply',
  'unreachable',
  'limited',
  'broken',
  'brokenAfterwards',
  'garbled',
] as const;
type Trouble = (typeof TROUBLES)[number] | 'none';

const TOO_MANY: ApiAnswer = {
  status: 429,
  body: { error: { type: 'rate_limit_error', message: 'too many' } },
};

class Answer extends Stripe.HttpClientResponse {
  constructor(private readonly answer: ApiAnswer) {
    super(answer.status, { 'request-id': 'req_simulated' });
  }

  override getRawResponse(): unknown {
    return this.answer;
  }

  override toJSON(): Promise<unknown> {
    return Promise.resolve(JSON.parse(JSON.stringify(this.answer.body)));
  }
}

/** Stripe's API behind a network that misbehaves on command. Keys of idempotency work as Stripe's do. */
export class SimulatedStripe {
  faults: StripeFaults = NO_STRIPE_FAULTS;
  readonly requests: string[] = [];
  private readonly answers = new Map<string, { readonly request: string; readonly answer: ApiAnswer }>();

  constructor(
    private readonly model: StripeModel,
    private readonly scheduler: Scheduler,
    private readonly random: Random,
    private readonly story: Story,
  ) {}

  send(request: ApiRequest, timeoutMs: number): Promise<Answer> {
    const owner = currentProcess();
    const trouble = this.drawTrouble();
    const replyMs = trouble === 'slow' ? this.random.between(1000, 12_000) : this.latency();
    return new Promise((resolve, reject) => {
      const deliver = (afterMs: number, settle: () => void): void => {
        const step = () => {
          if (owner?.passBoundary('a reply of Stripe') !== false) settle();
        };
        this.scheduler.schedule(afterMs, step, { owner });
      };
      this.scheduler.schedule(this.latency(), () => {
        if (owner?.passBoundary(`a request to Stripe: ${request.path}`) === false) return;
        if (trouble === 'unreachable') return deliver(1, () => reject(connectionError('ECONNREFUSED')));
        const given = this.execute(request, trouble);
        this.tell(owner?.name ?? '?', request, `${given.status}${trouble === 'none' ? '' : ` (${trouble})`}`);
        if (trouble === 'lostReply' || replyMs > timeoutMs)
          return deliver(timeoutMs, () => reject(Stripe.HttpClient.makeTimeoutError()));
        deliver(replyMs, () => resolve(new Answer(given)));
      });
    });
  }

  private execute(request: ApiRequest, trouble: Trouble): ApiAnswer {
    if (trouble === 'limited') return TOO_MANY;
    const { idempotencyKey: key, method, path, params } = request;
    if (method === 'GET' || key === undefined) {
      const given =
        trouble === 'broken' || trouble === 'brokenAfterwards' ? SERVER_ERROR : answer(this.model, request);
      return trouble === 'garbled' && method === 'GET' ? { status: 200, body: { object: 'list' } } : given;
    }
    const text = JSON.stringify([method, path, params]);
    const known = this.answers.get(key);
    if (known !== undefined) return known.request === text ? known.answer : reusedKey();
    const given = this.work(request, trouble);
    this.answers.set(key, { request: text, answer: given });
    return given;
  }

  private work(request: ApiRequest, trouble: Trouble): ApiAnswer {
    if (trouble === 'broken') return SERVER_ERROR;
    const given = answer(this.model, request);
    return trouble === 'brokenAfterwards' ? SERVER_ERROR : given;
  }

  private drawTrouble(): Trouble {
    let left = this.random.next();
    for (const trouble of TROUBLES) {
      left -= this.faults[trouble];
      if (left < 0) return trouble;
    }
    return 'none';
  }

  private latency(): number {
    return this.random.latency(this.faults.typicalMs);
  }

  private tell(who: string, { method, path }: ApiRequest, text: string): void {
    this.requests.push(`${method} ${path}`);
    this.story.tell(this.scheduler.nowMs, who, `stripe ${method} ${path} -> ${text}`);
  }
}

function reusedKey(): ApiAnswer {
  return {
    status: 400,
    body: { error: { type: 'idempotency_error', message: 'the key was used for something else' } },
  };
}

function connectionError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

let stripe: SimulatedStripe | undefined;

/** From here on every Stripe client talks to this Stripe. */
export function useStripe(next: SimulatedStripe | undefined): void {
  stripe = next;
}

class SimulatedHttpClient extends Stripe.HttpClient {
  override getClientName(): string {
    return 'simulation';
  }

  override makeRequest(...call: Parameters<InstanceType<typeof Stripe.HttpClient>['makeRequest']>) {
    const [, , path, method, headers, data, , timeoutMs] = call;
    if (stripe === undefined) throw new Error('no schedule is running');
    const url = new URL(path, 'https://api.stripe.com');
    const key = (headers as Record<string, unknown>)['Idempotency-Key'];
    return stripe.send(
      {
        method,
        path: url.pathname,
        params: parseParams(method === 'GET' ? url.search.slice(1) : String(data)),
        idempotencyKey: typeof key === 'string' ? key : undefined,
      },
      timeoutMs,
    );
  }
}

/** Replaces the network of the Stripe SDK; the SDK itself, with its retries and errors, stays. */
export function replaceStripeNetwork(): void {
  const { _platformFunctions: platform } = Stripe as unknown as {
    _platformFunctions: Record<string, unknown>;
  };
  platform['createDefaultHttpClient'] = () => new SimulatedHttpClient();
  platform['createNodeHttpClient'] = () => new SimulatedHttpClient();
}
