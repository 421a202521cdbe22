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

export const invalidValues = (errors: readonly FieldError[]) =>
  new InvalidRequestError(
    'Some values are not valid. Correct the members in `errors` and repeat the request.',
    {
      errors,
    },
  );

/** Validates `@Body({ schema })`, `@Query({ schema })` and `@Param(name, { schema })` with zod; lists every mistake at once. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => invalidValues(issues.map(toFieldError)),
  });
}
