import { TestApp } from '../support/app';
import { buy, untilPremium } from '../support/purchase';

describe('a purchase with tax', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ env: { AUTOMATIC_TAX: 'true', TAX_ID_COLLECTION: 'true' } });
  });
  afterAll(() => app.stop());

  // Stripe refuses both for a known customer unless what the buyer enters becomes the customer's.
  it('asks Stripe for tax and tax ids of a customer that is known', async () => {
    const { student, sessionId } = await buy(app);
    const session = await app.stripe.checkout.sessions.retrieve(sessionId);
    await untilPremium(student);

    expect(session.automatic_tax.enabled).toBe(true);
    expect(session.tax_id_collection?.enabled).toBe(true);
  });
});
