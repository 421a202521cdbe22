import { readFileSync } from 'node:fs';
import type { ChatGpt } from '../support/chatgpt';
import type { Answer } from '../support/http';

const INSTRUCTIONS = readFileSync('chatgpt/instructions.md', 'utf8');

/** What the instructions let the model say about a `reason` of the status, as one line. */
export function adviceOn(reason: string): string | undefined {
  const [, premium = ''] = /\n3\. "I have paid"(.*?)\nStates:/s.exec(INSTRUCTIONS) ?? [];
  const branches = premium.split(/\n {3}- /).slice(1);
  const branch = branches.find((text) => text.slice(0, text.indexOf(':')).includes(`\`${reason}\``));
  return branch?.replaceAll(/\s+/g, ' ').trim();
}

export interface Reply {
  /** `premium`, or the reason that decided what is said. */
  readonly about: string;
  /** What the instructions say about it. */
  readonly advice: string | undefined;
  /** The link that the student gets. */
  readonly link: string | undefined;
}

/** The model as chatgpt/instructions.md scripts it: it asks before what is consequential, and believes only the actions. */
export class Assistant {
  /** The operations that were called, in order. */
  readonly calls: string[] = [];

  constructor(
    private readonly chatgpt: ChatGpt,
    /** What the student answers when ChatGPT asks before an operation. */
    private readonly agrees: (operationId: string) => boolean = () => true,
  ) {}

  /** "I want premium." */
  async sell(plan = 'monthly'): Promise<string> {
    await this.call('listPlans');
    return String((await this.call('createCheckoutSession', { plan })).body['short_url']);
  }

  /** "I have paid", or "why is it locked?": the status decides, and its reason chooses the conversation. */
  async checkPayment(): Promise<Reply> {
    const { body } = await this.call('getSubscriptionStatus');
    if (body['is_premium'] === true && body['reason'] === 'paid') {
      return { about: 'premium', advice: undefined, link: undefined };
    }
    const about = String(body['reason']);
    return { about, advice: adviceOn(about), link: await this.findLink(about, body) };
  }

  /** "Change my card." */
  async openBilling(flow?: 'payment_method_update'): Promise<string> {
    const { body } = await this.call('openBillingPortal', flow === undefined ? {} : { flow });
    return String(body['url']);
  }

  /** "Switch me to yearly": the offer first, and the change only after a yes to it. */
  async switchPlan(plan: string): Promise<{ readonly offer: string; readonly said: Answer['body'] }> {
    const { body: quote } = await this.call('previewPlanChange', { plan });
    if (typeof quote['quote_id'] !== 'string') return { offer: String(quote['detail']), said: quote };
    const { body } = await this.call('changePlan', { plan, quote_id: quote['quote_id'] });
    return { offer: String(quote['message']), said: body };
  }

  /** "Send me my invoice." */
  async listInvoices(): Promise<readonly Record<string, unknown>[]> {
    return (await this.call('listInvoices')).body['invoices'] as Record<string, unknown>[];
  }

  /** "I want my money back." */
  requestRefund(reason: string): Promise<Answer> {
    return this.call('requestRefund', { reason });
  }

  private async findLink(about: string, status: Answer['body']): Promise<string | undefined> {
    if (typeof status['next_url'] === 'string') return status['next_url'];
    const sameLink = about === 'checkout_open' || about === 'checkout_declined';
    return sameLink ? String((await this.call('createCheckoutSession', {})).body['short_url']) : undefined;
  }

  private async call(operationId: string, body?: object): Promise<Answer> {
    if (this.chatgpt.asksBefore(operationId) && !this.agrees(operationId)) {
      throw new Error(`the student does not agree to ${operationId}`);
    }
    this.calls.push(operationId);
    return this.chatgpt.call(operationId, body === undefined ? {} : { body });
  }
}
