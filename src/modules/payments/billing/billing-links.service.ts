import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HttpConfig } from 'src/config/app-config';
import { NoSubscriptionError } from 'src/modules/payments/payments.errors';
import type { PortalFlow } from 'src/modules/payments/stripe/stripe-portal';
import { UsersService } from 'src/modules/users';
import { BillingLinkUsedError, OtherAccountError } from './billing.errors';
import { BillingLinksRepository, type BillingLink } from './persistence/billing-links.repository';

const LIFE_MINUTES = 60;

const hash = (code: string): Buffer => createHash('sha256').update(code).digest();

/** Links to the billing portal that are safe in a chat: they work once, and only for the signed-in owner. */
@Injectable()
export class BillingLinksService {
  constructor(
    private readonly users: UsersService,
    private readonly links: BillingLinksRepository,
    private readonly http: HttpConfig,
  ) {}

  /** Calls nobody. Throws NoSubscriptionError (404) for a user who never started a purchase. */
  async issue(userId: string, flow: PortalFlow | null): Promise<{ url: string; expiresAt: Date }> {
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId === null) throw nothingToBill();
    // Letters and digits only: link detection in chats drops a trailing punctuation mark.
    const code = randomBytes(20).toString('hex');
    const expiresAt = await this.links.insert({
      userId,
      flow,
      codeHash: hash(code),
      lifeMinutes: LIFE_MINUTES,
    });
    return { url: `${this.http.publicUrl}/account/billing/${code}`, expiresAt };
  }

  /** Uses the link up. Throws OtherAccountError (403) or BillingLinkUsedError (410). */
  async use(code: string, userId: string): Promise<BillingLink> {
    const link = await this.links.use(hash(code), userId);
    if (link !== undefined) return link;
    const owner = await this.links.findOwner(hash(code));
    if (owner !== undefined && owner.userId !== userId) throw new OtherAccountError();
    throw new BillingLinkUsedError();
  }
}

export const nothingToBill = (): NoSubscriptionError =>
  new NoSubscriptionError('There is no subscription and nothing to bill yet.', {
    extensions: { operation_id: 'createCheckoutSession' },
  });
