import { ServiceUnavailableError, type AppErrorOptions } from 'src/common/errors/app-error';

/** Another change to the same customer is still running. */
export class CustomerBusyError extends ServiceUnavailableError {
  override readonly code = 'customer_busy';

  constructor(options: AppErrorOptions = {}) {
    super('Another change to this subscription is still running. Please try again in a moment.', options);
  }
}
