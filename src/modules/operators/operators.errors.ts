import { AppError } from 'src/common/errors/app-error';

/** The user never had a customer at Stripe, so there is nothing that a sync could fetch. */
export class NothingToSyncError extends AppError {
  readonly code = 'nothing_to_sync';
  readonly kind = 'conflict';
  readonly title = 'There is nothing to sync';

  constructor() {
    super('This user never had a customer at Stripe.');
  }
}
