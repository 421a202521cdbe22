import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import { StripeConfig } from 'src/config/app-config';
import { AppError } from 'src/common/errors/app-error';
import { createStripeClient } from './stripe-client';

const TOLERANCE_SECONDS = 300;
// Stripe sends one v1 per active secret, at most a handful; more is an attack.
const MAX_HEADER_LENGTH = 1024;

export type SignatureFailure = 'missing' | 'malformed' | 'mismatch' | 'stale' | 'future';

/** 400: the body does not carry a valid signature of ours. The caller learns no more than that; the log knows the cause. */
export class SignatureError extends AppError {
  readonly code = 'invalid_signature';
  readonly kind = 'invalid';
  readonly title = 'The webhook signature is not valid';

  constructor(readonly failure: SignatureFailure) {
    super('The signature does not match the body.');
  }
}

/**
 * Checks `Stripe-Signature` against the exact bytes received, with every current secret (two while one is rotated),
 * and a timestamp within 300 s of real time in BOTH directions: stripe-node accepts any future timestamp.
 */
@Injectable()
export class WebhookVerifier {
  private readonly webhooks;

  constructor(private readonly config: StripeConfig) {
    this.webhooks = createStripeClient(config).webhooks;
  }

  /** Returns silently, or throws SignatureError. `receivedAt` is real time, never business time. */
  verify(rawBody: Buffer, header: string | string[] | undefined, receivedAt: Date): void {
    if (header === undefined || header === '') throw new SignatureError('missing');
    if (typeof header !== 'string' || header.length > MAX_HEADER_LENGTH)
      throw new SignatureError('malformed');
    const timestamp = timestampOf(header);
    if (timestamp === undefined || !header.includes('v1=')) throw new SignatureError('malformed');
    // The library compares text: bytes that are no UTF-8 would all read as the same replacement character.
    if (!isUtf8(rawBody)) throw new SignatureError('mismatch');
    if (!this.config.webhookSecrets.some((secret) => this.matches(rawBody, header, secret))) {
      throw new SignatureError('mismatch');
    }
    const age = receivedAt.getTime() / 1000 - timestamp;
    if (age > TOLERANCE_SECONDS) throw new SignatureError('stale');
    if (age < -TOLERANCE_SECONDS) throw new SignatureError('future');
  }

  private matches(rawBody: Buffer, header: string, secret: string): boolean {
    try {
      // As text: given bytes, stripe-node drops a byte order mark before it compares. Tolerance 0 leaves the age to us.
      return this.webhooks.signature?.verifyHeader(rawBody.toString('utf8'), header, secret, 0) ?? false;
    } catch {
      return false;
    }
  }
}

/** Undefined unless there is exactly one: with two, the checked timestamp might not be the signed one. */
function timestampOf(header: string): number | undefined {
  const stamps = header.split(',').filter((part) => part.trimStart().startsWith('t='));
  const [, digits] = /^t=(\d{1,12})$/.exec(stamps[0] ?? '') ?? [];
  return stamps.length === 1 && digits !== undefined ? Number(digits) : undefined;
}
