import { StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidRequestError, type FieldError } from 'src/common/errors/app-error';

interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

function toFieldError(issue: SchemaIssue): FieldError {
  const keys = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return {
    pointer: keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    detail: issue.message,
  };
}

/** Validates `@Body({ schema })`, `@Query({ schema })` and `@Param(name, { schema })` with zod; lists every mistake at once. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new InvalidRequestError('Some of the values sent are not valid.', { errors: issues.map(toFieldError) }),
  });
}
