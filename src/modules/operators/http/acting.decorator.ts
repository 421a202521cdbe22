import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal } from 'src/common/domain/principal';
import { UnauthenticatedError } from 'src/common/errors/app-error';
import type { Act } from 'src/modules/operators/persistence/audit-log.repository';

export type Acting = Omit<Act, 'reason'>;

/** The operator and the request, for the audit log. Only behind `@RequireRole('operator')`. */
export const Acting = createParamDecorator((_: unknown, context: ExecutionContext): Acting => {
  const { user, id } = context.switchToHttp().getRequest<{ user?: Principal; id: unknown }>();
  if (user === undefined) throw new UnauthenticatedError('This operation needs an access token.');
  return { operatorId: user.userId, requestId: String(id) };
});
