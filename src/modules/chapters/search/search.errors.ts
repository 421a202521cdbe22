import { AppError, ServiceUnavailableError } from 'src/common/errors/app-error';

/** The course is not indexed yet, or indexing failed. */
export class SearchUnavailableError extends ServiceUnavailableError {
  override readonly code = 'search_unavailable';

  constructor(cause?: unknown) {
    super('Search is not ready yet. Try again in a moment; reading the course works.', { cause });
  }
}

/** The glossary does not contain this term. `suggestions` has up to three similar ones. */
export class GlossaryTermNotFoundError extends AppError {
  readonly code = 'glossary_term_not_found';
  readonly kind = 'not_found';
  readonly title = 'Unknown term';

  constructor(suggestions: readonly string[]) {
    super('The glossary does not contain this term. Leave out `term` to list all terms.', {
      extensions: { suggestions },
    });
  }
}
