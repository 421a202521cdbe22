import { Injectable } from '@nestjs/common';
import { recordSecurityEvent } from 'src/common/security-log';
import { AttemptsService, TooManyAttemptsError } from 'src/modules/auth';
import { ClientsService } from './clients.service';
import { TooManyRequestsError } from './too-many-requests';

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
    recordSecurityEvent('client_refused', { client_id: clientId });
    await this.attempts.begin('oauth_client', { account: clientId, address }).catch(toOAuthError);
    return false;
  }
}

function toOAuthError(error: unknown): never {
  throw error instanceof TooManyAttemptsError
    ? new TooManyRequestsError(error, 'too many attempts with a wrong secret')
    : error;
}
