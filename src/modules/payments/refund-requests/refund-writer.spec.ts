import type { OperationsService } from 'src/modules/payments/operations/operations.service';
import { StripeRejectedError } from 'src/modules/payments/payments.errors';
import type { StripeRefunds } from 'src/modules/payments/stripe/stripe-refunds';
import type { CustomerDirectory } from 'src/modules/payments/sync/customer-directory';
import type { RefreshService } from 'src/modules/payments/sync/refresh.service';
import type { UsersService } from 'src/modules/users';
import type { RefundRequest } from './domain/refund-request';
import type { RefundRequestsRepository } from './persistence/refund-requests.repository';
import { RefundWriter } from './refund-writer';

/** Stripe answers the refund with `code`, although nothing was returned when it was asked before. */
function writerWhenStripeSays(code: string) {
  const synced: string[] = [];
  const operations = {
    findPending: () => Promise.resolve(undefined),
    run: (_: unknown, write: (operation: { id: string }) => Promise<unknown>) => write({ id: 'op_1' }),
  } as unknown as OperationsService;
  const requests = {
    findRefundablePayments: () => Promise.resolve([{ id: 'inpay_1', paymentIntentId: 'pi_1' }]),
  } as unknown as RefundRequestsRepository;
  const stripe = {
    isRefunded: () => Promise.resolve(false),
    create: () => Promise.reject(new StripeRejectedError(code, undefined)),
  } as unknown as StripeRefunds;
  const users = { getById: () => Promise.resolve({ id: 'u' }) } as unknown as UsersService;
  const customers = {
    listCustomers: () => Promise.resolve([{ id: 'cus_1' }]),
  } as unknown as CustomerDirectory;
  const syncs = {
    refresh: (id: string) => Promise.resolve(void synced.push(id)),
  } as unknown as RefreshService;
  return { writer: new RefundWriter(operations, requests, stripe, users, customers, syncs), synced };
}

const REQUEST = { id: 'r_1', userId: 'u', invoiceId: 'in_1' } as RefundRequest;

describe('RefundWriter', () => {
  it('is done when another approval returned the money between look and refund', async () => {
    const { writer, synced } = writerWhenStripeSays('charge_already_refunded');

    await writer.refund(REQUEST, 'req_1');

    expect(synced).toEqual(['cus_1']);
  });

  it('fails for every other rejection', async () => {
    const { writer, synced } = writerWhenStripeSays('charge_disputed');

    await expect(writer.refund(REQUEST, 'req_1')).rejects.toMatchObject({ stripeCode: 'charge_disputed' });
    expect(synced).toEqual([]);
  });
});
