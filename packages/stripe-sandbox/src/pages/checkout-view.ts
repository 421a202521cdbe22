import { formatCadence, formatMoney } from '../billing/money';
import { boundary } from '../billing/periods';
import type { World } from '../core/world';
import { findCustomer } from '../resources/customers/customer';
import { products } from '../resources/products/product';
import type { SessionLine } from '../resources/checkout/amounts';
import { needsMethod, secretsOf, type SessionRecord } from '../resources/checkout/session';
import { cardFields, countryField, field, ibanField, methodChoice } from './checkout-fields';
import { discountRows, renewalPrice } from './checkout-discount';
import type { CheckoutView } from './checkout-state';
import { Html, html, page } from './html';
import { CHECKOUT_STYLES } from './styles';

const NOTICE = 'This is a local payment sandbox. Nothing is charged: use test cards only, never a real one.';

/** The payment page of an open session. */
export function checkoutPage(world: World, view: CheckoutView): string {
  const { session, errors } = view;
  const isSubscription = session.mode === 'subscription';
  const body = html`<main class="checkout">
      <section class="summary" aria-label="Your order"><div>${summary(world, view)}</div></section>
      <section class="form">
        <div>
          <p class="notice"><span class="badge">Sandbox</span> ${NOTICE}</p>
          <h2>${headingOf(session)}</h2>
          ${errors.form ? html`<p class="banner" role="alert" tabindex="-1" autofocus>${errors.form}</p>` : null}
          <form method="post" action="/c/pay/${session.id}" novalidate>
            ${emailField(world, view)} ${needsMethod(session) ? methodFields(view) : null}
            <button class="pay" type="submit">
              ${VERBS[String(session.mode)] ?? 'Pay'}${total(session)}
            </button>
            <p class="small">
              ${isSubscription ? 'You can cancel at any time. ' : ''}The form is checked and paid on this
              machine; no data leaves it.
            </p>
          </form>
          ${testCards()}
        </div>
      </section>
    </main>
    ${enhancement()}`;
  return page('Checkout', CHECKOUT_STYLES, body);
}

function headingOf(session: SessionRecord): string {
  if (session.mode === 'setup') return 'Save your card';
  return needsMethod(session) ? 'Pay with card' : 'Nothing to pay today';
}

function methodFields({ session, form, errors }: CheckoutView): Html {
  return html`${session.payment_method_types.includes('sepa_debit') ? methodChoice(form) : null}
  ${form.method === 'sepa_debit' ? ibanField(form, errors) : cardFields(form, errors)}
  ${field({ name: 'billingName', label: 'Name on card', value: form.billingName, autocomplete: 'cc-name' }, errors)}
  ${countryField(form)}`;
}

const VERBS: Readonly<Record<string, string>> = {
  subscription: 'Subscribe',
  payment: 'Pay',
  setup: 'Save card',
};

function total(session: SessionRecord): string {
  const amount = session.amount_total ?? 0;
  return amount === 0 ? '' : ` – ${formatMoney(amount, session.currency ?? 'usd')}`;
}

function summary(world: World, view: CheckoutView): Html {
  const { session } = view;
  if (session.mode === 'setup') return setupSummary(session);
  const { lines } = secretsOf(world, session.id);
  const first = lines[0];
  const currency = session.currency ?? 'usd';
  const amount = session.amount_total ?? 0;
  const every = first?.price.recurring ? `per ${formatCadence(first.price.recurring)}` : '';
  const heading =
    session.mode === 'subscription' ? `Subscribe to ${nameOf(world, first)}` : nameOf(world, first);
  return html`${session.cancel_url ? html`<a class="back" href="${session.cancel_url}">← Cancel and go back</a>` : null}
    <h1>${heading}</h1>
    <p class="price">
      <b>${formatMoney(amount, currency)}</b><span>${amount === 0 ? 'due today' : every}</span>
    </p>
    <ul class="lines">
      ${lines.map((line) => lineRow(world, line))}
    </ul>
    ${discountRows(world, view)}
    <p class="total"><span>Total due today</span><span>${formatMoney(amount, currency)}</span></p>
    ${terms(world, session, first)}`;
}

function setupSummary(session: SessionRecord): Html {
  return html`${session.cancel_url ? html`<a class="back" href="${session.cancel_url}">← Cancel and go back</a>` : null}
    <h1>Save a payment method</h1>
    <p class="terms">Nothing is charged now. Your card is kept for later payments.</p>`;
}

function nameOf(world: World, line: SessionLine | undefined): string {
  return products(world).find(line?.price.product ?? '')?.name ?? 'your order';
}

function lineRow(world: World, line: SessionLine): Html {
  const product = products(world).find(line.price.product);
  const amount = formatMoney(line.price.unit_amount * line.quantity, line.price.currency);
  const cadence = line.price.recurring ? `Billed every ${formatCadence(line.price.recurring)}` : '';
  return html`<li>
    <span
      >${product?.name ?? 'Item'}${line.quantity > 1 ? ` × ${line.quantity}` : ''}
      <small>${product?.description}</small><small>${cadence}</small></span
    ><span>${amount}</span>
  </li>`;
}

function terms(world: World, session: SessionRecord, line: SessionLine | undefined): Html | null {
  const recurring = line?.price.recurring;
  if (!line || !recurring) return null;
  const secrets = secretsOf(world, session.id);
  const now = world.clock.now();
  const trialEnd = secrets.trialEnd ?? (secrets.trialDays === null ? null : now + secrets.trialDays * 86_400);
  const next = trialEnd ?? boundary(now, recurring, 1);
  const date = new Date(next * 1000).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
  const full = formatMoney(line.price.unit_amount * line.quantity, line.price.currency);
  const price = renewalPrice(world, session, { full, cadence: formatCadence(recurring) });
  return html`<p class="terms">Renews automatically at ${price}, next on ${date}, until you cancel.</p>`;
}

function emailField(world: World, { session, form, errors }: CheckoutView): Html {
  const known = findCustomer(world, session.customer)?.email ?? session.customer_email;
  if (known)
    return html`<div class="field">
      <span class="label">Email</span>
      <div class="known">${known}</div>
    </div>`;
  return field(
    { name: 'email', label: 'Email', value: form.email, autocomplete: 'email', inputmode: 'email' },
    errors,
  );
}

function testCards(): Html {
  const rows = [
    ['4242 4242 4242 4242', 'pays'],
    ['4000 0000 0000 0002', 'is declined'],
    ['4000 0000 0000 9995', 'has insufficient funds'],
    ['4000 0000 0000 0341', 'is accepted, but its charges fail'],
    ['4000 0027 6000 3184', 'asks for authentication'],
  ].map(
    ([number, effect]) =>
      html`<tr>
        <td><code>${number}</code></td>
        <td>${effect}</td>
      </tr>`,
  );
  return html`<details>
    <summary>Test cards</summary>
    <table>
      ${rows}
    </table>
    <p class="small">Any future expiry date and any CVC.</p>
  </details>`;
}

function enhancement(): Html {
  return new Html(`<script>
document.getElementById('cardNumber')?.addEventListener('input',function(){var d=this.value.replace(/\\D/g,'').slice(0,19);if(this.selectionStart===this.value.length)this.value=d.replace(/(\\d{4})(?=\\d)/g,'$1 ')});
document.getElementById('cardExpiry')?.addEventListener('input',function(e){if(e.inputType==='deleteContentBackward')return;var d=this.value.replace(/\\D/g,'').slice(0,4);this.value=d.length>=2?d.slice(0,2)+' / '+d.slice(2):d});
document.querySelector('form').addEventListener('submit',function(){var b=this.querySelector('.pay');setTimeout(function(){b.disabled=true;b.textContent='Processing…'})});
addEventListener('pageshow',function(e){if(e.persisted)location.reload()});
</script>`);
}
