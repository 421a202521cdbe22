/**
 * Routes that openapi.json leaves out on purpose, with the media types they may answer with. Problem documents are allowed
 * everywhere. A route that is neither here nor in the document may answer only with a problem, which outside of
 * /api/ is a page in a browser (404).
 */
export const OUTSIDE_THE_DOCUMENT: readonly {
  /** As Nest writes it: `/c/:code`; a last segment `*` takes the rest. */
  readonly path: string;
  readonly mediaTypes: readonly string[];
  readonly because: string;
}[] = [
  { path: '/', mediaTypes: ['text/html'], because: 'the landing page' },
  { path: '/privacy', mediaTypes: ['text/html'], because: 'a page' },
  { path: '/terms', mediaTypes: ['text/html'], because: 'a page' },
  { path: '/c/:code', mediaTypes: ['text/html'], because: 'a short payment link: a redirect, or a page' },
  { path: '/checkout/return', mediaTypes: ['text/html'], because: 'a page' },
  { path: '/checkout/cancelled', mediaTypes: ['text/html'], because: 'a page' },
  { path: '/certificates/:file', mediaTypes: ['text/html', 'application/pdf'], because: 'a page or a paper' },
  { path: '/sign-in', mediaTypes: ['text/html'], because: 'a page with a form' },
  { path: '/register', mediaTypes: ['text/html'], because: 'a page with a form' },
  { path: '/sign-out', mediaTypes: ['text/html'], because: 'the answer to a form' },
  { path: '/forgot-password', mediaTypes: ['text/html'], because: 'a page with a form' },
  { path: '/reset-password', mediaTypes: ['text/html'], because: 'a page with a form' },
  { path: '/verify-email', mediaTypes: ['text/html'], because: 'a page with a form' },
  { path: '/verify-email/resend', mediaTypes: ['text/html'], because: 'the answer to a form' },
  { path: '/interaction/*', mediaTypes: ['text/html'], because: 'the consent page and the answers to it' },
  { path: '/account/data', mediaTypes: ['text/html', 'application/json'], because: 'a page, and its file' },
  { path: '/account', mediaTypes: ['text/html'], because: 'a page' },
  { path: '/account/*', mediaTypes: ['text/html'], because: 'pages with forms' },
  { path: '/dev/*', mediaTypes: ['text/html'], because: 'pages of development installations' },
  { path: '/ops', mediaTypes: ['text/html'], because: 'a page of the operators' },
  { path: '/ops/*', mediaTypes: ['text/html', 'text/csv'], because: 'pages of the operators' },
  {
    path: '/docs/*',
    mediaTypes: [
      'text/html',
      'text/css',
      'text/javascript',
      'application/javascript',
      'application/json',
      'image/png',
      'image/svg+xml',
      'image/vnd.microsoft.icon',
    ],
    because: 'the console of operators: pages with their files, and what bull-board answers',
  },
  { path: '/metrics', mediaTypes: ['text/plain'], because: 'the text format of Prometheus' },
  { path: '/docs', mediaTypes: ['text/html'], because: 'Swagger UI' },
  {
    path: '/oauth/*',
    mediaTypes: ['text/html', 'text/plain', 'application/json'],
    because: 'the authorization server, which RFC 6749 describes',
  },
  // The authorization server answers other methods with a line of plain text.
  ...['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'].map((path) => ({
    path,
    mediaTypes: ['application/json', 'text/plain'],
    because: 'RFC 8414',
  })),
];

const SEGMENT = '[^/]+';
const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Matches a request path against `/a/{b}` or `/a/:b`. */
export function pathPattern(template: string): RegExp {
  const parts = template.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') || part.startsWith('{') ? SEGMENT : escape(part);
  });
  return new RegExp(`^${parts.join('/')}$`, 'su');
}
