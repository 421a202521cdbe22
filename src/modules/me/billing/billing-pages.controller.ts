import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { FormPage } from 'src/common/http/decorators/form-page.decorator';
import { LimitedBy } from 'src/common/http/decorators/rate-bucket.decorator';
import { leaveFor } from 'src/common/http/leave-for';
import { AccountPages, CurrentSession, type BrowserSession } from 'src/modules/auth';
import { BillingLinksService, BillingService, InvoicesService } from 'src/modules/payments';
import { owedPage } from './billing-pages.view';

const invoiceIdSchema = z.string().regex(/^in_\w{1,100}$/, 'is not an invoice id');
const codeSchema = z.string().regex(/^[0-9a-f]{40}$/, 'is not a billing link');

/** What is owed and how it is managed. Every page requires sign-in and leads on to a new session at Stripe. */
@AccountPages()
@Controller('account')
export class BillingPagesController {
  constructor(
    private readonly billing: BillingService,
    private readonly links: BillingLinksService,
    private readonly invoices: InvoicesService,
  ) {}

  @Get('pay')
  @LimitedBy('payment_writes')
  @FormPage()
  async showOwed(@CurrentSession() { userId }: BrowserSession): Promise<string> {
    return owedPage(await this.billing.findOwed(userId));
  }

  /** Leads to the hosted page of the invoice, or to the form for a card. */
  @Get('pay/continue')
  @LimitedBy('payment_writes')
  @FormPage()
  async pay(
    @CurrentSession() { userId }: BrowserSession,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return leaveFor(reply, await this.billing.openPayment(userId));
  }

  @Get('billing')
  @LimitedBy('payment_writes')
  @FormPage()
  async openPortal(
    @CurrentSession() { userId }: BrowserSession,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return leaveFor(reply, await this.billing.openPortal(userId, null));
  }

  /** The one-time link of openBillingPortal. Sign-in comes first, so a link preview uses nothing up. */
  @Get('billing/:code')
  @LimitedBy('payment_writes')
  @FormPage()
  async openLink(
    @CurrentSession() { userId }: BrowserSession,
    @Param('code', { schema: codeSchema }) code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { flow } = await this.links.use(code, userId);
    return leaveFor(reply, await this.billing.openPortal(userId, flow));
  }

  /** Leads to the PDF at Stripe, whose address works without sign-in and is therefore read now. */
  @Get('invoices/:id/pdf')
  @LimitedBy('payment_writes')
  @FormPage()
  async openPdf(
    @CurrentSession() { userId }: BrowserSession,
    @Param('id', { schema: invoiceIdSchema }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return leaveFor(reply, await this.invoices.getPdfUrl(userId, id));
  }

  @Get('invoices/:id/receipt')
  @LimitedBy('payment_writes')
  @FormPage()
  async openReceipt(
    @CurrentSession() { userId }: BrowserSession,
    @Param('id', { schema: invoiceIdSchema }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return leaveFor(reply, await this.invoices.getReceiptUrl(userId, id));
  }
}
