import type { SessionRecord } from '../resources/checkout/session';
import type { CardForm, FieldErrors } from './card-form';

/** What the page shows of one visit. */
export interface CheckoutView {
  session: SessionRecord;
  form: CardForm;
  errors: FieldErrors;
}
