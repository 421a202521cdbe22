import { Injectable, Logger } from '@nestjs/common';
import { within } from 'src/common/deadline';
import { HttpConfig, StripeConfig } from 'src/config/app-config';
import { judgeStripe, webhookUrlOf } from './stripe-setup.judge';
import { readStripeSetup, type StripeSetupFailure } from './stripe-setup.reader';

const FRESH_MS = 60_000;
const FIRST_ANSWER_MS = 3000;

/** What is wrong with the setup at Stripe. */
export interface StripeSigns {
  readonly failure: StripeSetupFailure | undefined;
  readonly prices: readonly string[];
  readonly endpoint: readonly string[];
  readonly clockSkewMs: number;
}

/** Reads the setup at Stripe at most once per minute, in the background: who asks does not wait for Stripe. */
@Injectable()
export class StripeSetupProbe {
  private readonly logger = new Logger('Stripe');
  private latest: StripeSigns | undefined;
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly stripe: StripeConfig,
    private readonly http: HttpConfig,
  ) {}

  /** Undefined when Stripe has not answered yet since the start. Never throws. */
  async find(): Promise<StripeSigns | undefined> {
    if (this.reading === undefined && performance.now() - this.readAt > FRESH_MS) this.refresh();
    if (this.latest === undefined && this.reading !== undefined)
      await within(this.reading, FIRST_ANSWER_MS, undefined);
    return this.latest;
  }

  private refresh(): void {
    this.reading = this.read()
      .then((signs) => {
        this.say(signs);
        this.latest = signs;
        this.readAt = performance.now();
      })
      .finally(() => (this.reading = undefined));
  }

  /** One line per finding at the start, and when it is new. */
  private say(signs: StripeSigns): void {
    const before = this.latest === undefined ? [] : textsOf(this.latest);
    for (const text of textsOf(signs))
      if (!before.includes(text)) this.logger.error(`${text}; run npm run doctor`);
  }

  private async read(): Promise<StripeSigns> {
    const setup = await readStripeSetup(this.stripe);
    if (typeof setup === 'string') return { failure: setup, prices: [], endpoint: [], clockSkewMs: 0 };
    const { publicUrl, production } = this.http;
    const findings = judgeStripe(setup, { webhookUrl: webhookUrlOf(publicUrl), production });
    const errorsOf = (check: string) =>
      findings.filter((found) => found.check === check && found.level === 'error').map(({ text }) => text);
    return {
      failure: undefined,
      prices: errorsOf('Stripe prices'),
      endpoint: errorsOf('Stripe webhook'),
      clockSkewMs: setup.clockSkewMs ?? 0,
    };
  }
}

const FAILURES = {
  key_refused: 'Stripe refuses STRIPE_SECRET_KEY',
  unreachable: 'Stripe does not answer',
} as const;

const textsOf = ({ failure, prices, endpoint }: StripeSigns): string[] => [
  ...(failure === undefined ? [] : [FAILURES[failure]]),
  ...prices,
  ...endpoint,
];
