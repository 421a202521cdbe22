import { AppError, ServiceUnavailableError } from 'src/common/errors/app-error';

/** The course is not indexed yet, or could not be. */
export class SearchUnavailableError extends ServiceUnavailableError {
  override readonly code = 'search_unavailable';

  constructor(cause?: unknown) {
    super('The search is being prepared. The course itself can be read.', { cause });
  }
}

/** The glossary has no such term; `suggestions` names up to three that look like it. */
export class GlossaryTermNotFoundError extends AppError {
  readonly code = 'glossary_term_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown term';

  constructor(suggestions: readonly string[]) {
    super('The glossary has no such term. Without `term` the operation lists all of them.', {
      extensions: { suggestions },
    });
  }
}
