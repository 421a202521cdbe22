import { DriftService } from './reconcile/drift.service';
import { DriftFindingsRepository } from './reconcile/persistence/drift-findings.repository';
import { KnownSubscriptionsRepository } from './reconcile/persistence/known-subscriptions.repository';
import { SweepsRepository } from './reconcile/persistence/sweeps.repository';
import { SweepReader } from './reconcile/sweep-reader';
import { SweepService } from './reconcile/sweep.service';
import { StripeListing } from './stripe/stripe-listing';

/** The topic reconcile, for payments.module.ts. */
export const reconcileProviders = [
  DriftFindingsRepository,
  DriftService,
  KnownSubscriptionsRepository,
  StripeListing,
  SweepReader,
  SweepService,
  SweepsRepository,
];
