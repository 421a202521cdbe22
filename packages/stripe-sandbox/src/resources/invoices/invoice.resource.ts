import { cardError, invalid } from '../../core/errors';
import type { World } from '../../core/world';
import { createdFilter, paginate, wholeList } from '../../http/pagination';
import type { Resource } from '../../http/resource';
import type { Call } from '../../http/route';
import { getIntent } from '../payment-intents/payment-intent';
import { attachPaymentMethod, resolvePaymentMethod } from '../payment-methods/payment-method';
import { NOTHING } from '../../http/parameters';
import { collectInvoice, finalizeInvoice, markPaid, methodFor, startCollection } from './collection';
import { voidInvoice } from './void';
import { changeInvoice, getInvoice, type InvoiceRecord, invoices, subscriptionOf } from './invoice';
import { findDefaultPayment, getInvoicePayment, intentOfPayment, invoicePayments } from './invoice-payment';
import * as accepts from './invoice.parameters';

export const invoiceResource: Resource = {
  routes: [
    { method: 'GET', path: '/invoices', accepts: accepts.LIST, handle: list },
    {
      method: 'GET',
      path: '/invoices/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getInvoice(world, part('id')),
    },
    { method: 'GET', path: '/invoices/:id/lines', accepts: accepts.LINES, handle: listLines },
    { method: 'POST', path: '/invoices/:id/finalize', accepts: accepts.FINALIZE, handle: finalize },
    { method: 'POST', path: '/invoices/:id/pay', accepts: accepts.PAY, handle: pay },
    { method: 'POST', path: '/invoices/:id/void', accepts: accepts.VOID, handle: voidOpen },
    {
      method: 'GET',
      path: '/invoice_payments/:id',
      accepts: NOTHING,
      handle: ({ world, part }) => getInvoicePayment(world, part('id')),
    },
    { method: 'GET', path: '/invoice_payments', accepts: accepts.PAYMENTS, handle: listPayments },
  ],
  includables: {
    'invoice.payments': (world, owner) =>
      wholeList(
        invoicePayments(world).where('invoice', owner['id']).reverse(),
        `/v1/invoices/${String(owner['id'])}/payments`,
      ),
    'invoice.confirmation_secret': (world, owner) => confirmationSecret(world, String(owner['id'])),
  },
  start: startCollection,
};

function confirmationSecret(world: World, invoiceId: string): object | null {
  const payment = findDefaultPayment(world, invoiceId);
  if (!payment) return null;
  return { client_secret: getIntent(world, intentOfPayment(payment)).client_secret, type: 'payment_intent' };
}

function list({ world, input }: Call): object {
  const customer = input.text('customer');
  const subscription = input.text('subscription');
  const status = input.text('status');
  const collection = input.text('collection_method');
  const isInRange = createdFilter(input);
  const wanted = invoices(world)
    .newestFirst({ customer })
    .filter((invoice) => (!status || invoice.status === status) && isInRange(invoice))
    .filter((invoice) => !collection || invoice.collection_method === collection)
    .filter((invoice) => !subscription || subscriptionOf(invoice) === subscription);
  return paginate(wanted, input, '/v1/invoices');
}

function listLines({ world, input, part }: Call): object {
  const invoice = getInvoice(world, part('id'));
  return paginate(invoice.lines.data, input, `/v1/invoices/${invoice.id}/lines`);
}

function finalize({ world, input, part }: Call): object {
  const invoice = getInvoice(world, part('id'));
  if (invoice.status !== 'draft')
    throw invalid('This invoice is already finalized.', undefined, 'invoice_not_editable');
  const advance = input.flag('auto_advance');
  if (advance !== undefined) changeInvoice(world, invoice.id, { auto_advance: advance });
  return finalizeInvoice(world, invoice.id);
}

function pay({ world, input, part }: Call): object {
  const draft = getInvoice(world, part('id'));
  if (draft.status === 'paid') throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
  const invoice: InvoiceRecord = draft.status === 'draft' ? finalizeInvoice(world, draft.id) : draft;
  if (invoice.status === 'paid') return invoice;
  if (invoice.status !== 'open') throw invalid(`Invoice is ${String(invoice.status)} and can't be paid`);
  if (input.flag('paid_out_of_band')) return markPaid(world, invoice.id);
  const outcome = collectInvoice(world, invoice.id, {
    method: methodToPay(world, input.text('payment_method'), invoice),
    offSession: input.flag('off_session') ?? false,
    authenticated: false,
  });
  if (outcome.kind === 'declined') throw cardError({ ...outcome.decline });
  if (outcome.kind === 'requires_action') {
    throw cardError({
      code: 'invoice_payment_intent_requires_action',
      message: 'This payment requires additional user action before it can be completed successfully.',
    });
  }
  return getInvoice(world, invoice.id);
}

function methodToPay(world: World, wanted: string | undefined, invoice: InvoiceRecord): string {
  if (wanted !== undefined) {
    const method = resolvePaymentMethod(world, wanted);
    return method.customer === null ? attachPaymentMethod(world, method.id, invoice.customer).id : method.id;
  }
  const subscription = subscriptionOf(invoice);
  const record = subscription === undefined ? undefined : world.store.findAnywhere(subscription);
  const own = (record as { default_payment_method?: string | null } | undefined)?.default_payment_method;
  const method = methodFor(world, invoice, own);
  if (method === undefined) {
    throw invalid(
      'There is no default_payment_method set on this Customer or Invoice. Please set a default_payment_method.',
      undefined,
      'missing',
    );
  }
  return method;
}

function voidOpen({ world, part }: Call): object {
  const invoice = getInvoice(world, part('id'));
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid('You can only pass in open invoices.', 'invoice');
  }
  return voidInvoice(world, invoice.id);
}

function listPayments({ world, input }: Call): object {
  const invoice = input.text('invoice');
  const status = input.text('status');
  const intent = input.map('payment').text('payment_intent');
  const isInRange = createdFilter(input);
  const wanted = invoicePayments(world)
    .newestFirst({ invoice })
    .filter(isInRange)
    .filter(
      (payment) => (!status || payment.status === status) && (!intent || intentOfPayment(payment) === intent),
    );
  return paginate(wanted, input, '/v1/invoice_payments');
}
