import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { AccessConfig } from 'src/config/app-config';
import { deriveAccess } from 'src/modules/payments/access/domain/derive-access';
import { AccessFactsRepository } from 'src/modules/payments/access/persistence/access-facts.repository';
import type { WrittenCustomer } from 'src/modules/payments/sync/sync-contributor';
import { NEWS_DAYS, type BillingFacts } from './domain/derive-billing-emails';
import { EmailFactsRepository } from './persistence/email-facts.repository';

const NEWS_MS = NEWS_DAYS * 86_400_000;

/** The facts that emails report, as the sync has just written them. */
@Injectable()
export class BillingFactsReader {
  constructor(
    private readonly facts: AccessFactsRepository,
    private readonly money: EmailFactsRepository,
    private readonly policy: AccessConfig,
    private readonly clock: Clock,
  ) {}

  /** Joins the sync's transaction. */
  async read({ userId, transition }: WrittenCustomer): Promise<BillingFacts> {
    const now = this.clock.now();
    const facts = await this.facts.load(userId);
    const since = new Date(now.getTime() - NEWS_MS);
    const prices = await this.money.findPrices(userId);
    return {
      subscriptions: facts.subscriptions.map((subscription) => ({
        ...subscription,
        price: prices.get(subscription.id),
      })),
      invoices: await this.money.listInvoices(userId, since),
      refunds: await this.money.listRefunds(userId, since),
      access: deriveAccess(facts, this.policy, now),
      transition,
      now,
    };
  }
}
