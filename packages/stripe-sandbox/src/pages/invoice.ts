import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatMoney } from '../billing/money';
import type { World } from '../core/world';
import { parseForm } from '../http/form';
import { charges } from '../resources/charges/charge';
import { type InvoiceRecord, invoices } from '../resources/invoices/invoice';
import { onClockOf } from '../resources/test-clocks/test-clock';
import type { Sandbox } from '../sandbox';
import { amountRow, reductionRows } from './amount-rows';
import { type CardForm, EMPTY_FORM, type FieldErrors } from './card-form';
import { cardFields, field } from './checkout-fields';
import { Html, html, page } from './html';
import { payFromPage } from './invoice-pay';
import { messagePage } from './message-view';
import { CHECKOUT_STYLES, PRINT_STYLES } from './styles';

type ById = FastifyRequest<{ Params: { id: string }; Querystring: { print?: string } }>;

/** Where `hosted_invoice_url`, `invoice_pdf` (a printable page here) and `receipt_url` lead. */
export function serveInvoices(server: FastifyInstance, { world }: Sandbox): void {
  server.get('/i/:id', (request: ById, reply) => {
    const invoice = invoices(world).find(request.params.id);
    if (!invoice) return missing(reply, 'Invoice not found', 'There is no such invoice.');
    return show(reply, invoicePage(world, invoice, { prints: request.query.print !== undefined }));
  });
  server.post('/i/:id', (request: ById, reply) => {
    const invoice = invoices(world).find(request.params.id);
    if (!invoice) return missing(reply, 'Invoice not found', 'There is no such invoice.');
    if (invoice.status !== 'open') return reply.redirect(`/i/${invoice.id}`, 303);
    const fields = parseForm(String(request.body));
    const pay = () => world.journal.automatic(() => payFromPage(world, invoice, fields));
    const result = onClockOf(world, [invoice.id], pay);
    if ('goTo' in result) return reply.redirect(result.goTo, 303);
    const now = invoices(world).find(invoice.id) ?? invoice;
    return show(reply.code(402), invoicePage(world, now, result));
  });
  server.get('/receipts/:id', (request: ById, reply) => {
    const charge = charges(world).find(request.params.id);
    if (!charge) return missing(reply, 'Receipt not found', 'There is no such receipt.');
    const paid = formatMoney(charge.amount, charge.currency);
    const returned = formatMoney(charge.amount_refunded, charge.currency);
    const text = charge.amount_refunded > 0 ? `${paid} paid, ${returned} refunded.` : `${paid} paid.`;
    return show(reply, messagePage({ title: 'Receipt', text }));
  });
}

function show(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(text);
}

function missing(reply: FastifyReply, title: string, text: string): FastifyReply {
  return show(reply.code(404), messagePage({ title, text }));
}

const date = (seconds: number) =>
  new Date(seconds * 1000).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });

interface InvoiceView {
  prints?: boolean;
  form?: CardForm;
  errors?: FieldErrors;
}

function invoicePage(world: World, invoice: InvoiceRecord, view: InvoiceView): string {
  const { currency, number } = invoice;
  const body = html`<main class="center">
      <div class="card paper">
        <span class="badge">Sandbox</span>
        <h1>Invoice ${number}</h1>
        <p>
          ${invoice.customer_name} ${invoice.customer_email}<br />${date(invoice.created)} ·
          ${String(invoice.status).replaceAll('_', ' ')}${invoice.due_date ? `, due ${date(invoice.due_date)}` : ''}
        </p>
        <table class="facts">
          ${invoice.lines.data.map(lineRow)} ${reductionRows(world, invoice)}
          ${amountRow('Total', invoice.total, currency)} ${amountRow('Paid', invoice.amount_paid, currency)}
          ${amountRow('Due', invoice.amount_remaining, currency)}
        </table>
        ${invoice.status === 'open' ? payForm(invoice, view) : null}
        ${invoice.footer ? html`<p class="small">${invoice.footer}</p>` : null}
        <p class="screen"><a href="/i/${invoice.id}?print=1">Print or save as PDF</a></p>
      </div>
    </main>
    ${view.prints ? new Html('<script>addEventListener("load",function(){print()})</script>') : null}`;
  return page(`Invoice ${number ?? ''}`, CHECKOUT_STYLES + PRINT_STYLES, body);
}

function payForm(invoice: InvoiceRecord, { form = EMPTY_FORM, errors = {} }: InvoiceView): Html {
  return html`<form class="screen" method="post" action="/i/${invoice.id}" novalidate>
    ${errors.form ? html`<div class="banner" role="alert">${errors.form}</div>` : null}
    ${cardFields(form, errors)}
    ${field({ name: 'billingName', label: 'Name on card', value: form.billingName }, errors)}
    <button class="pay" type="submit">Pay ${formatMoney(invoice.amount_remaining, invoice.currency)}</button>
  </form>`;
}

function lineRow(line: InvoiceRecord['lines']['data'][number]): Html {
  return html`<tr>
    <td>
      ${line.description}<br /><span class="small"
        >${date(line.period.start)} – ${date(line.period.end)}</span
      >
    </td>
    <td>${formatMoney(line.amount, line.currency)}</td>
  </tr>`;
}
