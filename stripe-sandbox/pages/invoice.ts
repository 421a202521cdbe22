import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formatMoney } from '../billing/money';
import { type InvoiceRecord, invoices } from '../resources/invoices/invoice';
import { charges } from '../resources/charges/charge';
import type { Sandbox } from '../sandbox';
import { html, page } from './html';
import { messagePage } from './message-view';
import { CHECKOUT_STYLES } from './styles';

type ById = FastifyRequest<{ Params: { id: string } }>;

/** Where `hosted_invoice_url`, `invoice_pdf` (a printable page here) and `receipt_url` lead. */
export function serveInvoices(server: FastifyInstance, { world }: Sandbox): void {
  server.get('/i/:id', (request: ById, reply) => {
    const invoice = invoices(world).find(request.params.id);
    void reply.type('text/html; charset=utf-8');
    if (!invoice)
      return reply
        .code(404)
        .send(messagePage({ title: 'Invoice not found', text: 'There is no such invoice.' }));
    return reply.send(invoicePage(invoice));
  });
  server.get('/receipts/:id', (request: ById, reply) => {
    const charge = charges(world).find(request.params.id);
    void reply.type('text/html; charset=utf-8');
    if (!charge)
      return reply
        .code(404)
        .send(messagePage({ title: 'Receipt not found', text: 'There is no such receipt.' }));
    const paid = formatMoney(charge.amount, charge.currency);
    const returned = formatMoney(charge.amount_refunded, charge.currency);
    const text = charge.amount_refunded > 0 ? `${paid} paid, ${returned} refunded.` : `${paid} paid.`;
    return reply.send(messagePage({ title: 'Receipt', text }));
  });
}

function invoicePage(invoice: InvoiceRecord): string {
  const money = (amount: number) => formatMoney(amount, invoice.currency);
  const date = (seconds: number) =>
    new Date(seconds * 1000).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
  const lines = invoice.lines.data.map(
    (line) =>
      html`<tr>
        <td>
          ${line.description}<br /><span class="small"
            >${date(line.period.start)} – ${date(line.period.end)}</span
          >
        </td>
        <td>${money(line.amount)}</td>
      </tr>`,
  );
  const body = html`<main class="center">
    <div class="card">
      <span class="badge">Sandbox</span>
      <h1>Invoice ${invoice.number}</h1>
      <p>
        ${invoice.customer_name} ${invoice.customer_email}<br />${date(invoice.created)} · ${invoice.status}
      </p>
      <table class="facts">
        ${lines}
        <tr>
          <td>Total</td>
          <td>${money(invoice.total)}</td>
        </tr>
        <tr>
          <td>Paid</td>
          <td>${money(invoice.amount_paid)}</td>
        </tr>
        <tr>
          <td>Due</td>
          <td>${money(invoice.amount_remaining)}</td>
        </tr>
      </table>
    </div>
  </main>`;
  return page(`Invoice ${invoice.number ?? ''}`, CHECKOUT_STYLES, body);
}
