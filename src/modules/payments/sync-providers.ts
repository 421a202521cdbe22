import { CustomerStateReader } from './sync/customer-state.reader';
import { CustomerStateWriter } from './sync/customer-state.writer';
import { CustomersService } from './sync/customers.service';
import { DisputesRepository } from './sync/persistence/disputes.repository';
import { InvoicesRepository } from './sync/persistence/invoices.repository';
import { RefundsRepository } from './sync/persistence/refunds.repository';
import { SubscriptionsRepository } from './sync/persistence/subscriptions.repository';
import { StripeDisputes } from './stripe/stripe-disputes';
import { StripeRefunds } from './stripe/stripe-refunds';

/** Parts of the topic sync, for payments.module.ts. */
export const syncProviders = [
  CustomerStateReader,
  CustomerStateWriter,
  CustomersService,
  DisputesRepository,
  InvoicesRepository,
  RefundsRepository,
  SubscriptionsRepository,
  StripeDisputes,
  StripeRefunds,
];
