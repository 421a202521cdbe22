import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Scope } from 'src/common/domain/scopes';

export const REQUIRED_SCOPE = 'http:required-scope';
/** Marks the operation for the OpenAPI documents, which turn it into its OAuth security requirement. */
export const SCOPE_EXTENSION = 'x-scope';

/**
 * Opens a route, or all routes of a controller, to connected applications with this scope. Applications cannot call routes
 * without a scope. The user's own session needs none.
 */
export const RequireScope = (scope: Scope) =>
  applyDecorators(SetMetadata(REQUIRED_SCOPE, scope), ApiExtension(SCOPE_EXTENSION, scope));
