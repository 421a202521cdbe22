import { DriftService } from './reconcile/drift.service';
import { DriftFindingsRepository } from './reconcile/persistence/drift-findings.repository';
import { KnownSubscriptionsRepository } from './reconcile/persistence/known-subscriptions.repository';
import { PaymentSigns } from './reconcile/payment-signs';
import { PaymentSignsRepository } from './reconcile/persistence/payment-signs.repository';
import { SweepsRepository } from './reconcile/persistence/sweeps.repository';
import { SweepReader } from './reconcile/sweep-reader';
import { SweepService } from './reconcile/sweep.service';
import { StripeSetupProbe } from './stripe/stripe-setup.probe';
import { StripeCalls } from './stripe/stripe-calls';
import { StripeListing } from './stripe/stripe-listing';

/** The topic reconcile, for payments.module.ts. */
export const reconcileProviders = [
  DriftFindingsRepository,
  DriftService,
  KnownSubscriptionsRepository,
  PaymentSigns,
  PaymentSignsRepository,
  StripeCalls,
  StripeListing,
  StripeSetupProbe,
  SweepReader,
  SweepService,
  SweepsRepository,
];
