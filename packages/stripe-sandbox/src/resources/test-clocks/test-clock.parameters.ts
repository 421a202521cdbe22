import { PAGE, parameters } from '../../http/parameters';

export const CREATE = parameters({
  type: 'Stripe.TestHelpers.TestClockCreateParams',
  used: 'frozen_time name',
  unsupported: 'customer',
});

export const ADVANCE = parameters({
  type: 'Stripe.TestHelpers.TestClockAdvanceParams',
  used: 'frozen_time',
});

export const LIST = parameters({
  type: 'Stripe.TestHelpers.TestClockListParams',
  used: PAGE,
});
