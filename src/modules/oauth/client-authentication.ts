import { Injectable } from '@nestjs/common';
import { errors } from 'oidc-provider';
import { AttemptsService, TooManyAttemptsError } from 'src/modules/auth';
import { ClientsService } from './clients.service';

/** RFC 6749 knows no such error; the status and Retry-After are what clients go by. */
class TooManyGuessesError extends errors.OIDCProviderError {
  override error_description = 'too many attempts with a wrong secret';

  constructor(readonly retryAfterSeconds: number) {
    super(429, 'temporarily_unavailable');
    this.expose = true;
  }
}

/**
 * Proves clients at the token endpoint. Guessing waits longer each time; the right secret never waits: all of ChatGPT
 * comes from few addresses, and anyone can make it send wrong secrets (a GPT of their own with our client id).
 * What keeps the secret from being guessed are its 256 bits.
 */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly clients: ClientsService,
    private readonly attempts: AttemptsService,
  ) {}

  /** Throws an error of the authorization server when the secret is wrong and this address has guessed too often. */
  async verify(clientId: string, secret: string, address: string): Promise<boolean> {
    if (await this.clients.verifySecret(clientId, secret)) return true;
    await this.attempts.begin('oauth_client', { account: clientId, address }).catch(toOAuthError);
    return false;
  }
}

function toOAuthError(error: unknown): never {
  throw error instanceof TooManyAttemptsError ? new TooManyGuessesError(error.retryAfterSeconds ?? 1) : error;
}

/** Seconds to wait, when that is why a request failed. */
export const retryAfterOf = (error: unknown): number | undefined =>
  error instanceof TooManyGuessesError ? error.retryAfterSeconds : undefined;
