import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RequireScope } from './require-scope.decorator';

export const REQUIRED_ROLE = 'http:required-role';

/** Only callers with this role pass, through an application only with the scope of that name; others get 403. */
export const RequireRole = (role: 'operator') =>
  applyDecorators(SetMetadata(REQUIRED_ROLE, role), RequireScope(role));
