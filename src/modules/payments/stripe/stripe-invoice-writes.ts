import { Injectable } from '@nestjs/common';
import { StripeGateway } from './stripe.gateway';

/** Writes to invoices. Each sets a final state, so repeating it is harmless. */
@Injectable()
export class StripeInvoiceWrites {
  constructor(private readonly gateway: StripeGateway) {}

  /** Makes a draft payable on its hosted page. Nobody is charged by it. */
  async finalizeForPayment(invoiceId: string): Promise<string | null> {
    const invoice = await this.gateway.call((stripe) =>
      stripe.invoices.finalizeInvoice(
        invoiceId,
        { auto_advance: false },
        { idempotencyKey: `finalize:${invoiceId}` },
      ),
    );
    return invoice.hosted_invoice_url ?? null;
  }
}
