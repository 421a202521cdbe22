import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RequireScope } from './require-scope.decorator';

export const REQUIRED_ROLE = 'http:required-role';

/** Admits only callers with this role; an application also needs the scope of the same name. Others get 403. */
export const RequireRole = (role: 'operator') =>
  applyDecorators(SetMetadata(REQUIRED_ROLE, role), RequireScope(role));
