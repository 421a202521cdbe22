import type { Provider, Type } from '@nestjs/common';
import { BillingLinksService } from './billing/billing-links.service';
import { BillingService } from './billing/billing.service';
import { BillingController } from './billing/http/billing.controller';
import { InvoicesController } from './billing/http/invoices.controller';
import { PlanChangeController } from './billing/http/plan-change.controller';
import { InvoicesService } from './billing/invoices.service';
import { BillingLinksRepository } from './billing/persistence/billing-links.repository';
import { PlanChangeQuotesRepository } from './billing/persistence/plan-change-quotes.repository';
import { PlanChangeInspector } from './billing/plan-change-inspector';
import { PlanChangeWrites } from './billing/plan-change-writes';
import { PlanChangeService } from './billing/plan-change.service';
import { PlanQuotesService } from './billing/plan-quotes.service';
import { StripeInvoiceWrites } from './stripe/stripe-invoice-writes';
import { StripePlanChanges } from './stripe/stripe-plan-changes';
import { StripePortal } from './stripe/stripe-portal';

/** What the topic `billing/` and its part of the adapter consist of. */
export const billingControllers: Type[] = [BillingController, InvoicesController, PlanChangeController];

export const billingProviders: Provider[] = [
  BillingLinksRepository,
  BillingLinksService,
  BillingService,
  InvoicesService,
  PlanChangeInspector,
  PlanChangeQuotesRepository,
  PlanChangeService,
  PlanChangeWrites,
  PlanQuotesService,
  StripeInvoiceWrites,
  StripePlanChanges,
  StripePortal,
];

/** What other modules use of billing. */
export const billingServices = [
  BillingLinksService,
  BillingService,
  InvoicesService,
  PlanChangeService,
  PlanQuotesService,
];
