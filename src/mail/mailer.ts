/** A finished mail to one person. */
export interface Mail {
  /** The same at every attempt, so that an email that arrives twice can be recognised (RFC 5322, section 3.6.4). */
  readonly messageId: string;
  readonly date: Date;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Delivers emails. */
export abstract class Mailer {
  /**
   * Resolves when the mail server has accepted the email; never takes longer than about half a minute. Throws
   * RecipientRefusedError when no later attempt can help. After any other error the email may have arrived or not.
   * Messages of errors name no addresses.
   */
  abstract send(mail: Mail): Promise<void>;
}

/** The receiving side will not take mail for this address. */
export class RecipientRefusedError extends Error {
  override readonly name = 'RecipientRefusedError';
}
