import { Injectable } from '@nestjs/common';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { SCOPES } from 'src/common/domain/scopes';
import { AttemptsService, TooManyAttemptsError } from 'src/modules/auth';
import { addressOf } from './request-facts';
import { SilentRenewal } from './silent-renewal';
import { TooManyRequestsError } from './too-many-requests';

/** What an application may send along for itself. Each request is stored until the user answers. */
const LONGEST_PARAMETER = 1024;

type Check = (ctx: KoaContextWithOIDC, value: string | undefined) => void | Promise<void>;

/**
 * What we require of an authorization request beyond the library. It runs these checks once the client, its redirect URI
 * and PKCE are right, and before anything is stored.
 */
@Injectable()
export class AuthorizationChecks {
  /** By parameter, in this order; a check also runs when its parameter is missing. */
  readonly byParameter: Readonly<Record<'response_mode' | 'scope' | 'state' | 'prompt', Check>>;

  constructor(attempts: AttemptsService, silent: SilentRenewal) {
    this.byParameter = {
      response_mode: checkMode,
      scope: checkScope,
      state: checkLength,
      prompt: async (ctx, prompt) => {
        if (prompt === 'none') return silent.signIn(ctx);
        await attempts.begin('authorization', { address: addressOf(ctx.req) }).catch(toOAuthError);
      },
    };
  }
}

const paramsOf = ({ oidc }: KoaContextWithOIDC): Record<string, unknown> => oidc.params ?? {};

const checkMode: Check = (ctx, mode) => {
  if (mode === undefined || mode === 'query') return;
  paramsOf(ctx)['response_mode'] = undefined;
  throw new errors.UnsupportedResponseMode();
};

const checkScope: Check = (_, scope = '') => {
  const asked = scope.split(' ');
  if (!SCOPES.some((known) => asked.includes(known)))
    throw new errors.InvalidScope('no scope is requested', scope);
};

const checkLength: Check = (ctx) => {
  for (const [name, value] of Object.entries(paramsOf(ctx))) {
    if (typeof value !== 'string' || value.length <= LONGEST_PARAMETER) continue;
    if (name === 'state') paramsOf(ctx)['state'] = undefined;
    throw new errors.InvalidRequest(`${name} is longer than ${LONGEST_PARAMETER} characters`);
  }
};

function toOAuthError(error: unknown): never {
  throw error instanceof TooManyAttemptsError
    ? new TooManyRequestsError(error, 'too many authorization requests from this address')
    : error;
}
