import { Injectable } from '@nestjs/common';
import { EntitlementsService } from 'src/modules/payments/access/entitlements.service';
import type { InvoiceView } from 'src/modules/payments/domain/invoice-view';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import {
  StripeUnpaidInvoices,
  type UpcomingInvoice,
} from 'src/modules/payments/stripe/stripe-unpaid-invoices';
import { RenewalPreview } from 'src/modules/payments/subscriptions/renewal-preview';
import { UsersService } from 'src/modules/users';
import { InvoiceNotFoundError } from './billing.errors';

export interface InvoiceList {
  readonly invoices: readonly InvoiceView[];
  readonly nextCursor: string | undefined;
  readonly upcoming: UpcomingInvoice | undefined;
}

/**
 * Invoices of a student as Stripe has them. The addresses of PDF and receipt work without sign-in, so they are read when
 * a page of ours is opened, and never leave it.
 */
@Injectable()
export class InvoicesService {
  constructor(
    private readonly users: UsersService,
    private readonly entitlements: EntitlementsService,
    private readonly stripe: StripeUnpaidInvoices,
    private readonly renewals: RenewalPreview,
  ) {}

  /** Newest first. Throws InvoiceNotFoundError for an unknown cursor and StripeUnavailableError. */
  async list(userId: string, page: { limit: number; cursor?: string | undefined }): Promise<InvoiceList> {
    const { stripeCustomerId } = await this.users.getById(userId);
    if (stripeCustomerId === null) return { invoices: [], nextCursor: undefined, upcoming: undefined };
    if (page.cursor !== undefined) await this.getOwn(userId, page.cursor);
    const [{ invoices, hasMore }, upcoming] = await Promise.all([
      this.stripe.list(stripeCustomerId, { limit: page.limit, after: page.cursor }),
      page.cursor === undefined ? this.findUpcoming(userId) : undefined,
    ]);
    return {
      invoices: invoices.filter(({ status }) => status !== 'draft'),
      nextCursor: hasMore ? invoices.at(-1)?.id : undefined,
      upcoming,
    };
  }

  /** Throws InvoiceNotFoundError. */
  async getPdfUrl(userId: string, invoiceId: string): Promise<string> {
    const { pdfUrl } = await this.getOwn(userId, invoiceId);
    if (pdfUrl === null) throw new InvoiceNotFoundError();
    return pdfUrl;
  }

  /** Throws InvoiceNotFoundError, also for an invoice that nothing was paid for. */
  async getReceiptUrl(userId: string, invoiceId: string): Promise<string> {
    const { id } = await this.getOwn(userId, invoiceId);
    const url = await this.stripe.findReceiptUrl(id);
    if (url === undefined) throw new InvoiceNotFoundError();
    return url;
  }

  private async getOwn(userId: string, invoiceId: string): Promise<InvoiceView> {
    const { stripeCustomerId } = await this.users.getById(userId);
    const invoice = await this.stripe.get(invoiceId).catch((error: unknown) => {
      if (error instanceof StripeRejectedError) throw new InvoiceNotFoundError();
      throw error;
    });
    if (stripeCustomerId === null || invoice.customerId !== stripeCustomerId)
      throw new InvoiceNotFoundError();
    return invoice;
  }

  /** What renews next. Undefined when nothing does. */
  private async findUpcoming(userId: string): Promise<UpcomingInvoice | undefined> {
    const { facts } = await this.entitlements.explain(userId);
    const renewing = facts.subscriptions.find(
      ({ status, cancelAt }) => cancelAt === null && (status === 'active' || status === 'trialing'),
    );
    return renewing && this.renewals.find(renewing);
  }
}
