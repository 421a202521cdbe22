import { AppError, InvalidRequestError, ServiceUnavailableError } from 'src/common/errors/app-error';
import { toProblem } from './problem-details';
import { prefersHtml, problemPage } from './problem-page';

const pageOf = (thrown: unknown) => problemPage(toProblem(thrown, { path: '/x', requestId: 'req-12345678' }));

class TooOftenError extends AppError {
  readonly code = 'too_often';
  readonly kind = 'rate_limited';
  readonly title = 'Too often';
}

describe('problemPage', () => {
  it('reports an incomplete link', () => {
    const html = pageOf(new InvalidRequestError('session_id is missing'));

    expect(html).toContain('This link is incomplete');
    expect(html).not.toContain('http-equiv');
  });

  it('reloads by itself while a dependency is unavailable, and shows a reference', () => {
    const html = pageOf(new ServiceUnavailableError('away'));

    expect(html).toContain('One moment');
    expect(html).toContain('<meta http-equiv="refresh" content="3">');
    expect(html).toContain('req-12345678');
  });

  it('asks a person who tried too often to wait, and does not reload', () => {
    const html = pageOf(new TooOftenError('too often'));

    expect(html).toContain('Too often');
    expect(html).not.toContain('http-equiv');
  });

  it('shows only the reference of a bug', () => {
    const html = pageOf(new Error('password of the database'));

    expect(html).toContain('Something went wrong on our side');
    expect(html).toContain('req-12345678');
    expect(html).not.toContain('password');
  });
});

describe('prefersHtml', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['text/html', true],
    ['application/json, text/html', false],
    ['text/html, application/json', true],
    ['application/problem+json', false],
    ['*/*', false],
    [undefined, false],
  ])('%s: %s', (accept, expected) => {
    expect(prefersHtml(accept)).toBe(expected);
  });
});
