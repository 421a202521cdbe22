import { SWAGGER_CALLBACK, SWAGGER_CLIENT } from 'src/modules/oauth';

/** Part of the lifetime of an access token after which a new one is requested. */
const RENEW_AT = 0.8;
const RETRY_SECONDS = 10;

/**
 * The script that keeps Swagger UI (`window.console_ui`) authorised: before its token expires, it requests another one with
 * `prompt=none` and PKCE. The session cookie of this browser proves who asks. Tokens exist only in the memory of the page.
 */
export function swaggerRenewal(publicUrl: string): string {
  const settings = { client: SWAGGER_CLIENT, callback: `${publicUrl}${SWAGGER_CALLBACK}` };
  return `(${SCRIPT})(window.console_ui, ${JSON.stringify(settings)});\n`;
}

const SCRIPT = `(ui, { client, callback }) => {
  const NAME = 'oauth';
  let current;
  let timer;
  const encode = (bytes) =>
    btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));
  const challengeOf = async (verifier) =>
    encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
  const subjectOf = (token) =>
    JSON.parse(atob(token.access_token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).sub;
  const authorization = () => ui.authSelectors.authorized().get(NAME)?.toJS();
  const plan = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => void renew(), seconds * 1000);
  };

  async function requestToken(scope) {
    const [verifier, state] = [random(), random()];
    const query = new URLSearchParams({
      response_type: 'code', client_id: client, redirect_uri: callback, scope, state, prompt: 'none',
      code_challenge: await challengeOf(verifier), code_challenge_method: 'S256',
    });
    const back = await fetch('/oauth/authorize?' + query, { credentials: 'same-origin', cache: 'no-store' });
    if (back.status >= 500 || back.status === 429) throw new Error('unavailable');
    const answer = new URL(back.url).searchParams;
    if (answer.get('state') !== state || !answer.get('code')) return undefined;
    const exchange = await fetch('/oauth/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code', client_id: client, redirect_uri: callback,
        code: answer.get('code'), code_verifier: verifier,
      }),
    });
    if (exchange.status >= 500 || exchange.status === 429) throw new Error('unavailable');
    return exchange.ok ? exchange.json() : undefined;
  }

  async function renew() {
    const known = authorization();
    if (!known?.token || known.token.access_token !== current) return;
    try {
      const token = await requestToken(known.token.scope);
      if (authorization()?.token?.access_token !== current) return;
      // Another person may have signed in since: the page must not continue as somebody else.
      if (token && subjectOf(token) === subjectOf(known.token)) ui.authActions.authorizeOauth2({ auth: known, token });
      else ui.authActions.logout([NAME]);
    } catch {
      plan(${RETRY_SECONDS});
    }
  }

  ui.getStore().subscribe(() => {
    const token = authorization()?.token;
    if (token?.access_token === current) return;
    current = token?.access_token;
    clearTimeout(timer);
    if (current) plan(token.expires_in * ${RENEW_AT});
  });
}`;
