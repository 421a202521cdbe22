import { BillingEmails } from './emails/billing-emails';
import { BillingFactsReader } from './emails/billing-facts.reader';
import { EmailFactsRepository } from './emails/persistence/email-facts.repository';
import { CustomerDetails } from './person/customer-details';
import { PersonalMoneyRepository } from './person/persistence/personal-money.repository';
import { SentDetailsRepository } from './person/persistence/sent-details.repository';
import { PersonalBillingService } from './person/personal-billing.service';
import { RefundRequestsRepository } from './refund-requests/persistence/refund-requests.repository';
import { RefundDecisionsService } from './refund-requests/refund-decisions.service';
import { RefundEmails } from './refund-requests/refund-emails';
import { RefundRequestsService } from './refund-requests/refund-requests.service';
import { RefundWriter } from './refund-requests/refund-writer';

/** The topics emails, person and refund-requests, for payments.module.ts. */
export const personProviders = [
  BillingEmails,
  BillingFactsReader,
  CustomerDetails,
  EmailFactsRepository,
  PersonalBillingService,
  PersonalMoneyRepository,
  RefundDecisionsService,
  RefundEmails,
  RefundRequestsRepository,
  RefundRequestsService,
  RefundWriter,
  SentDetailsRepository,
];
