/** Where a user goes after signing in when no page asked for it. */
export const ACCOUNT_PATH = '/account';

// Any origin will do: a path must stay on it, and paths with a host, a scheme or backslashes do not.
const BASE = 'http://127.0.0.1';

/** A path of ours to go on to after signing in; anything that could lead to another site becomes the account page. */
export function parseReturnPath(text: string | undefined): string {
  if (text === undefined || !text.startsWith('/') || text.length > 2000) return ACCOUNT_PATH;
  const url = URL.canParse(text, BASE) ? new URL(text, BASE) : undefined;
  // Once its dots are resolved, "/.//host" is "//host", which browsers read as another site.
  if (url?.origin !== BASE || url.pathname.startsWith('//')) return ACCOUNT_PATH;
  return `${url.pathname}${url.search}`;
}

/** The sign-in page that leads on to `path`. */
export const signInPath = (path: string): string => withReturn('/sign-in', path);

/** A page beside sign-in (registering, say) that leads on to `path` too. */
export const withReturn = (page: string, path: string): string =>
  path === ACCOUNT_PATH ? page : `${page}?${new URLSearchParams({ return_to: path }).toString()}`;
