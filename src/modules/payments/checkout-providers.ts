import { ReturnSyncs } from './checkout/return-syncs';
import { CheckoutEligibility } from './checkout/checkout-eligibility';
import { CheckoutExpiry } from './checkout/checkout-expiry';
import { CheckoutOpener } from './checkout/checkout-opener';
import { CheckoutPreparation } from './checkout/checkout-preparation';
import { CheckoutReturnService } from './checkout/checkout-return.service';
import { CheckoutService } from './checkout/checkout.service';
import { CheckoutSessionsRepository } from './checkout/persistence/checkout-sessions.repository';
import { CheckoutSync } from './checkout/checkout-sync';
import { DeadSubscriptions } from './checkout/dead-subscriptions';
import { DoubleSubscriptions } from './checkout/double-subscriptions';
import { PromotionsService } from './checkout/promotions.service';
import { ReturnUrlsService } from './checkout/return-urls.service';
import { SecondPurchaseRefund } from './checkout/second-purchase-refund';
import { TrialSync } from './checkout/trial-sync';
import { TrialsRepository } from './checkout/persistence/trials.repository';
import { TrialsService } from './checkout/trials.service';
import { StripePromotions } from './stripe/stripe-promotions';
import { StripePurchases } from './stripe/stripe-purchases';
import { StripeReceipts } from './stripe/stripe-receipts';
import { StripeIntents } from './stripe/stripe-intents';
import { AccountCheck } from './sync/account-check';
import { Catalogue } from './plans/catalogue';

/** The parts of the topics checkout and plans, with what only they use, for payments.module.ts. */
export const checkoutProviders = [
  ReturnSyncs,
  CheckoutEligibility,
  CheckoutExpiry,
  CheckoutOpener,
  CheckoutPreparation,
  CheckoutReturnService,
  CheckoutService,
  CheckoutSync,
  DeadSubscriptions,
  DoubleSubscriptions,
  PromotionsService,
  ReturnUrlsService,
  SecondPurchaseRefund,
  TrialSync,
  TrialsService,
  CheckoutSessionsRepository,
  TrialsRepository,
  StripePromotions,
  StripePurchases,
  StripeReceipts,
  StripeIntents,
  AccountCheck,
  Catalogue,
];
