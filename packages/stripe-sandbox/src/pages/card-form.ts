import { passesLuhn, WRONG_NUMBER } from '../resources/payment-methods/cards';

/** What the payer typed. */
export interface CardForm {
  method: 'card' | 'sepa_debit';
  email: string;
  cardNumber: string;
  cardExpiry: string;
  cardCvc: string;
  billingName: string;
  billingCountry: string;
  iban: string;
  promotionCode: string;
}

export type FieldErrors = Partial<Record<keyof CardForm | 'form', string>>;

export const EMPTY_FORM: CardForm = {
  method: 'card',
  email: '',
  cardNumber: '',
  cardExpiry: '',
  cardCvc: '',
  billingName: '',
  billingCountry: 'US',
  iban: '',
  promotionCode: '',
};

export function readCardForm(fields: Record<string, unknown>): CardForm {
  const text = (name: keyof CardForm) =>
    typeof fields[name] === 'string' ? (fields[name] as string).trim() : '';
  return {
    method: text('method') === 'sepa_debit' ? 'sepa_debit' : 'card',
    email: text('email'),
    cardNumber: text('cardNumber').replaceAll(/[\s-]/g, ''),
    cardExpiry: text('cardExpiry'),
    cardCvc: text('cardCvc'),
    billingName: text('billingName'),
    billingCountry: text('billingCountry') || 'US',
    promotionCode: text('promotionCode'),
    iban: text('iban').replaceAll(' ', '').toUpperCase(),
  };
}

/** Month and year of `MM/YY`, `MM / YY` or `MMYY`; undefined when it is not a date. */
export function parseExpiry(text: string): { month: number; year: number } | undefined {
  const match = /^(\d{1,2})\s*\/?\s*(\d{2}|\d{4})$/.exec(text);
  if (!match) return undefined;
  const month = Number(match[1]);
  const year = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  return { month, year: year < 100 ? 2000 + year : year };
}

/** What the form itself can find wrong, before any bank is asked. `now` in seconds. */
export function findMistakes(
  form: CardForm,
  options: { needsEmail: boolean; needsCard: boolean; now: number },
): FieldErrors {
  const errors: FieldErrors = {};
  if (options.needsEmail && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(form.email)) {
    errors.email = 'Please enter a valid email address.';
  }
  if (!options.needsCard) return errors;
  if (form.billingName === '') errors.billingName = 'Please enter the name on the card.';
  if (form.method === 'sepa_debit') {
    if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(form.iban)) errors.iban = 'Please enter a valid IBAN.';
    return errors;
  }
  if (form.cardNumber.length < 12) errors.cardNumber = 'Your card number is incomplete.';
  else if (!passesLuhn(form.cardNumber)) errors.cardNumber = WRONG_NUMBER.message;
  const expiry = parseExpiry(form.cardExpiry);
  if (!expiry) errors.cardExpiry = "Your card's expiration date is incomplete.";
  else if (isPast(expiry, options.now)) errors.cardExpiry = "Your card's expiration year is in the past.";
  const digits = form.cardNumber.startsWith('3') ? 4 : 3;
  if (!new RegExp(`^\\d{3,${digits}}$`).test(form.cardCvc))
    errors.cardCvc = "Your card's security code is incomplete.";
  return errors;
}

function isPast({ month, year }: { month: number; year: number }, now: number): boolean {
  return Date.UTC(year, month, 1) / 1000 <= now;
}

/** The field a bank's refusal belongs to; most concern the card as a whole. */
export function fieldOfDecline(code: string | undefined): keyof FieldErrors {
  if (code === 'incorrect_number') return 'cardNumber';
  if (code === 'expired_card') return 'cardExpiry';
  if (code === 'incorrect_cvc') return 'cardCvc';
  return 'form';
}
