import type { Role } from 'src/common/domain/principal';

/** An account. Says nothing about access to premium content: that is derived by payments, never stored here. */
export interface User {
  readonly id: string;
  /** Normalised: NFC, trimmed, lower case. */
  readonly email: string;
  readonly fullName: string;
  readonly role: Role;
  /** The one customer at Stripe that this account pays as; null until a first checkout. */
  readonly stripeCustomerId: string | null;
  /** When somebody proved to read the mail of this address; null until then. */
  readonly emailVerifiedAt: Date | null;
  readonly createdAt: Date;
}
