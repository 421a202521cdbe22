import { AppError } from 'src/common/errors/app-error';

/** No complimentary access has this id. */
export class GrantNotFoundError extends AppError {
  readonly code = 'grant_not_found';
  readonly kind = 'not_found';
  readonly title = 'There is no such grant';

  constructor() {
    super('No grant has this id.');
  }
}
