import { formatMoney } from '../billing/money';
import { html, page } from './html';
import { CHECKOUT_STYLES } from './styles';

export interface Message {
  title: string;
  text: string;
  link?: { href: string; label: string } | undefined;
}

/** A page with one message and, if there is one, the way on. */
export function messagePage({ title, text, link }: Message): string {
  const body = html`<main class="center">
    <div class="card">
      <span class="badge">Sandbox</span>
      <h1>${title}</h1>
      <p>${text}</p>
      ${link ? html`<a class="pay link" href="${link.href}">${link.label}</a>` : null}
    </div>
  </main>`;
  return page(title, CHECKOUT_STYLES, body);
}

export interface Authentication {
  action: string;
  amount: number;
  currency: string;
  last4: string;
}

/** The bank's page of 3D Secure. */
export function authenticationPage({ action, amount, currency, last4 }: Authentication): string {
  const body = html`<main class="center">
    <form class="card" method="post" action="${action}">
      <span class="badge">Sandbox</span>
      <h1>Confirm your payment</h1>
      <p>Your bank asks you to confirm this payment. In the sandbox you choose how it ends.</p>
      <table class="facts">
        <tr>
          <td>Amount</td>
          <td>${formatMoney(amount, currency)}</td>
        </tr>
        <tr>
          <td>Card</td>
          <td>•••• ${last4}</td>
        </tr>
      </table>
      <button class="pay" name="result" value="complete">Complete authentication</button>
      <button class="pay quiet" name="result" value="fail">Fail authentication</button>
    </form>
  </main>`;
  return page('Confirm your payment', CHECKOUT_STYLES, body);
}
