import type { CardForm, FieldErrors } from './card-form';
import { COUNTRIES } from './countries';
import { Html, html } from './html';

export function methodChoice(form: CardForm): Html {
  const option = (value: CardForm['method'], label: string) =>
    html`<label
      ><input type="radio" name="method" value="${value}" ${form.method === value ? 'checked' : ''} />
      ${label}</label
    >`;
  return html`<fieldset>
    <legend>Payment method</legend>
    <div class="choice">
      ${option('card', 'Card')}${option('sepa_debit', 'SEPA debit')}
      <button type="submit" name="switch" value="1">Change</button>
    </div>
  </fieldset>`;
}

export function ibanField(form: CardForm, errors: FieldErrors): Html {
  return field(
    { name: 'iban', label: 'IBAN', value: form.iban, placeholder: 'AT61 1904 3002 3457 3201' },
    errors,
  );
}

export function cardFields(form: CardForm, errors: FieldErrors): Html {
  return html`${field(
      {
        name: 'cardNumber',
        label: 'Card number',
        value: form.cardNumber.replace(/(\d{4})(?=\d)/g, '$1 '),
        placeholder: '1234 1234 1234 1234',
        autocomplete: 'cc-number',
        inputmode: 'numeric',
      },
      errors,
    )}
    <div class="row">
      ${field(
        {
          name: 'cardExpiry',
          label: 'Expiry',
          value: form.cardExpiry,
          placeholder: 'MM / YY',
          autocomplete: 'cc-exp',
          inputmode: 'numeric',
        },
        errors,
      )}${field(
        {
          name: 'cardCvc',
          label: 'CVC',
          value: '',
          placeholder: '123',
          autocomplete: 'cc-csc',
          inputmode: 'numeric',
        },
        errors,
      )}
    </div>`;
}

interface FieldSpec {
  name: keyof CardForm;
  label: string;
  value: string;
  placeholder?: string;
  autocomplete?: string;
  inputmode?: string;
}

export function field(spec: FieldSpec, errors: FieldErrors): Html {
  const error = errors[spec.name];
  return html`<div class="field${error ? ' wrong' : ''}">
    <label for="${spec.name}">${spec.label}</label>
    <input
      id="${spec.name}"
      name="${spec.name}"
      value="${spec.value}"
      placeholder="${spec.placeholder ?? ''}"
      autocomplete="${spec.autocomplete ?? 'off'}"
      inputmode="${spec.inputmode ?? 'text'}"
      aria-invalid="${error ? 'true' : 'false'}"
      aria-describedby="${spec.name}-error"
    />
    <div class="error" id="${spec.name}-error" role="${error ? 'alert' : 'none'}">${error}</div>
  </div>`;
}

export function countryField(form: CardForm): Html {
  const options = Object.entries(COUNTRIES).map(
    ([code, name]) =>
      html`<option value="${code}" ${new Html(code === form.billingCountry ? 'selected' : '')}>
        ${name}
      </option>`,
  );
  return html`<div class="field">
    <label for="billingCountry">Country or region</label>
    <select id="billingCountry" name="billingCountry" autocomplete="country">
      ${options}
    </select>
  </div>`;
}
