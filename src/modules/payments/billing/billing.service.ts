import { Injectable } from '@nestjs/common';
import { HttpConfig } from 'src/config/app-config';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import { PAY_PATH } from 'src/modules/payments/access/domain/next-step';
import { StripeInvoiceWrites } from 'src/modules/payments/stripe/stripe-invoice-writes';
import { StripeUnpaidInvoices } from 'src/modules/payments/stripe/stripe-unpaid-invoices';
import { StripePortal, type PortalFlow } from 'src/modules/payments/stripe/stripe-portal';
import { UsersService } from 'src/modules/users';
import { nothingToBill } from './billing-links.service';
import { decideOwed, type Owed } from './domain/owed';

/** Where a page leads on to: an address at Stripe, or a page of ours. */
export type BillingTarget = string;

/** What our billing pages show and where they lead. Asks Stripe each time: nothing of it is stored. */
@Injectable()
export class BillingService {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly invoices: StripeUnpaidInvoices,
    private readonly writes: StripeInvoiceWrites,
    private readonly portal: StripePortal,
    private readonly http: HttpConfig,
  ) {}

  /** What is owed now. Throws StripeUnavailableError (503): never "nothing" because of an outage. */
  async findOwed(userId: string): Promise<Owed> {
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId === null) return { kind: 'nothing' };
    const [{ facts }, unpaid] = await Promise.all([
      this.entitlements.explain(userId),
      this.invoices.listUnpaid({ customer: stripeCustomerId }),
    ]);
    return decideOwed(facts.subscriptions, unpaid);
  }

  /** Where the student pays what is owed: the hosted page of the invoice, or the form for a card. */
  async openPayment(userId: string): Promise<BillingTarget> {
    const owed = await this.findOwed(userId);
    if (owed.kind !== 'invoice') return `${this.http.publicUrl}${PAY_PATH}`;
    const { id, status, hostedUrl } = owed.invoice;
    const url = status === 'draft' ? await this.writes.finalizeForPayment(id) : hostedUrl;
    return url ?? this.openPortal(userId, null);
  }

  /** A new session of the billing portal. Throws NoSubscriptionError (404) and StripeUnavailableError (503). */
  async openPortal(userId: string, flow: PortalFlow | null): Promise<BillingTarget> {
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId === null) throw nothingToBill();
    const returnUrl = `${this.http.publicUrl}${flow === null ? '/account' : PAY_PATH}`;
    return this.portal.open({ customerId: stripeCustomerId, flow: flow ?? undefined, returnUrl });
  }
}
