import { Injectable } from '@nestjs/common';
import { Clock } from 'src/common/domain/clock';
import { PaymentSignsRepository } from 'src/modules/payments/reconcile/persistence/payment-signs.repository';
import { SweepsRepository } from 'src/modules/payments/reconcile/persistence/sweeps.repository';
import { StripeSetupProbe, type StripeSigns } from 'src/modules/payments/stripe/stripe-setup.probe';

export interface PaymentFacts {
  readonly stripe: StripeSigns | undefined;
  /** `sweptMs`: business time since the last complete sweep; undefined before the first. */
  readonly drift: { readonly open: number; readonly doubles: number; readonly sweptMs: number | undefined };
  readonly openDisputes: readonly string[];
}

/** Whether Stripe is set up, and whether the database agrees with it. */
@Injectable()
export class PaymentSigns {
  constructor(
    private readonly probe: StripeSetupProbe,
    private readonly rows: PaymentSignsRepository,
    private readonly sweeps: SweepsRepository,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<PaymentFacts> {
    const [stripe, { openDisputes, drift, doubles }, sweptAt] = await Promise.all([
      this.probe.find(),
      this.rows.read(),
      this.sweeps.findLastComplete(),
    ]);
    const sweptMs = sweptAt === undefined ? undefined : this.clock.now().getTime() - sweptAt.getTime();
    return { stripe, drift: { open: drift, doubles, sweptMs }, openDisputes };
  }
}
