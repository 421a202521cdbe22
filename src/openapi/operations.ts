import type { OpenAPIObject } from '@nestjs/swagger';
import type { Scope } from 'src/common/domain/scopes';
import { PUBLIC_EXTENSION } from 'src/common/http/decorators/public.decorator';
import { SCOPE_EXTENSION } from 'src/common/http/decorators/require-scope.decorator';

/** An operation from @nestjs/swagger with the extensions of our decorators. */
export interface Operation extends Record<string, unknown> {
  operationId: string;
  tags?: string[];
  parameters?: Record<string, unknown>[];
  requestBody?: { content?: Record<string, Record<string, unknown>> };
  responses: Record<string, { description?: string; content?: Record<string, Record<string, unknown>> }>;
  security?: Record<string, string[]>[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Every operation of the document. Changes apply to the document. */
export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((path) =>
    METHODS.flatMap((method) => (path[method] === undefined ? [] : [path[method] as unknown as Operation])),
  );
}

export const isPublic = (operation: Operation): boolean => operation[PUBLIC_EXTENSION] === true;
export const scopeOf = (operation: Operation): Scope | undefined =>
  operation[SCOPE_EXTENSION] as Scope | undefined;
