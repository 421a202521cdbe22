import { randomUUID } from 'node:crypto';
import { useTestDatabase } from '../../../../test/support/use-test-database';
import { CustomerBusyError } from '../../../engine/engine.errors';
import { OperationsRepository } from '../operations/persistence/operations.repository';
import { CheckoutOpener } from './checkout-opener';
import { CheckoutSessionsRepository, type CheckoutToStore } from './persistence/checkout-sessions.repository';

// A process that is paused for longer than its lease continues while another request of the same student is served.
// The database lets only one of them through; the other student's request must read "busy", not "internal error".
describe('a request for a payment link whose lease another request has taken over', () => {
  const testDatabase = useTestDatabase();
  let userId: string;

  beforeAll(async () => {
    const rows = await testDatabase.database.query<{ id: string }>(
      `INSERT INTO users (email, full_name, role) VALUES ('overtaken@example.com', 'Ada', 'student') RETURNING id`,
    );
    userId = rows[0]?.id ?? '';
  });
  const checkout = (stripeSessionId: string): CheckoutToStore => ({
    id: randomUUID(),
    userId,
    stripeSessionId,
    shortCode: stripeSessionId,
    customerId: 'cus_overtaken',
    plan: 'monthly',
    promotionCode: null,
    url: 'https://checkout.stripe.com/c/pay/x',
    successUrl: 'https://chatgpt.com/',
    cancelUrl: 'https://chatgpt.com/',
    expiresAt: new Date(Date.now() + 3_600_000),
  });

  it('is busy when the other request has begun to create its session', async () => {
    const operations = new OperationsRepository(testDatabase.database);
    const intention = {
      userId,
      kind: 'create_checkout_session' as const,
      target: `checkout:${userId}`,
      params: {},
      requestId: 'req',
    };
    await operations.insert(intention);

    await expect(operations.insert(intention)).rejects.toThrow(CustomerBusyError);
  });

  it('is busy when the other request has stored its session', async () => {
    const sessions = new CheckoutSessionsRepository(testDatabase.database);
    await sessions.insert(checkout('cs_first'));

    await expect(sessions.insert(checkout('cs_second'))).rejects.toThrow(CustomerBusyError);
  });

  it('is busy when its session was closed before it could be handed out', async () => {
    const opener = new CheckoutOpener(
      { prepare: () => Promise.resolve({}) } as never,
      {
        findPending: () => Promise.resolve(undefined),
        run: () => Promise.resolve({ id: 'cs_closed' }),
      } as never,
      { findOpen: () => Promise.resolve(undefined) } as never,
      {} as never,
      {} as never,
    );
    const intention = { plan: 'monthly' as const, promotionCode: null, successUrl: '', cancelUrl: '' };

    await expect(opener.open(userId, intention, 'req')).rejects.toThrow(CustomerBusyError);
  });
});
