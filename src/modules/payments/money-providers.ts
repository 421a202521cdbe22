import type { Provider } from '@nestjs/common';
import { MyAccessService } from './access/my-access.service';
import { RenewalPlans } from './renewals/renewal-plans';
import { RevokedRenewals } from './renewals/revoked-renewals';
import { StripeInvoices } from './stripe/stripe-invoices';
import { CustomerMoney } from './sync/customer-money';
import { InvoicesRepository } from './sync/persistence/invoices.repository';
import { ReturnedMoneyRepository } from './sync/persistence/returned-money.repository';

/** The record of money, what was returned of it, and what follows for renewals and access. */
export const moneyProviders: Provider[] = [
  CustomerMoney,
  InvoicesRepository,
  MyAccessService,
  RenewalPlans,
  ReturnedMoneyRepository,
  RevokedRenewals,
  StripeInvoices,
];
