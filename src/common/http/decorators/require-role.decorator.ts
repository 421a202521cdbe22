import { SetMetadata } from '@nestjs/common';
import type { Role } from 'src/common/domain/principal';

export const REQUIRED_ROLE = 'http:required-role';

/** Only callers with this role pass; others get 403 `forbidden`. */
export const RequireRole = (role: Role) => SetMetadata(REQUIRED_ROLE, role);
