import { Injectable, Logger } from '@nestjs/common';
import { SignatureError, WebhookVerifier } from 'src/modules/payments';
import { RefusedDeliveries, type RefusalCause } from './refused-deliveries.service';

export interface SignedDelivery {
  readonly rawBody: Buffer;
  readonly signature: string | string[] | undefined;
  readonly requestId: string;
}

/** Verifies deliveries, and records by cause what is refused. */
@Injectable()
export class DeliveryVerifier {
  private readonly logger = new Logger(DeliveryVerifier.name);

  constructor(
    private readonly verifier: WebhookVerifier,
    private readonly refused: RefusedDeliveries,
  ) {}

  /** Throws SignatureError. */
  verify({ rawBody, signature, requestId }: SignedDelivery): void {
    try {
      this.verifier.verify(rawBody, signature, new Date());
    } catch (error) {
      if (error instanceof SignatureError) {
        // Which cause it was is for the operator; a forger learns nothing from the answer.
        this.logger.warn(
          { cause: error.failure, request_id: requestId, bytes: rawBody.length },
          'webhook refused',
        );
        this.refused.note(error.failure);
      }
      throw error;
    }
  }

  /** For deliveries with a valid signature that mean no work here. */
  note(cause: RefusalCause): void {
    this.refused.note(cause);
  }
}
