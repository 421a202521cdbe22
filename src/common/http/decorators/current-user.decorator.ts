import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal } from 'src/common/domain/principal';
import { UnauthenticatedError } from 'src/common/errors/app-error';

/** The authenticated caller. Throws `unauthenticated` when used on a public route without a token. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
  if (user === undefined) throw new UnauthenticatedError('This operation needs an access token.');
  return user;
});
