import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { TestApp } from './app';
import { Form, type PageAnswer } from './form';
import { Operator } from './operator';

export const CHATGPT = 'chatgpt-actions';
export const CHATGPT_CALLBACK = 'https://chatgpt.com/aip/g-0123456789abcdef/oauth/callback';
export const OTHER_CALLBACK = 'https://chat.openai.com/aip/g-0123456789abcdef/oauth/callback';
export const CHATGPT_SCOPE = 'chapters:read profile:read subscription:read subscription:write';
export const PASSWORD = 'correct horse battery';

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly access_token?: string;
    readonly refresh_token?: string;
    readonly expires_in?: number;
    readonly token_type?: string;
    readonly scope?: string;
    readonly error?: string;
    readonly error_description?: string;
  };
}

export const newVerifier = () => randomBytes(32).toString('base64url');
export const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

/** An application that speaks OAuth with ours: the browser half through forms, the server half as form-encoded POSTs. */
export class OAuthClient {
  constructor(
    private readonly apiUrl: string,
    readonly id: string,
    readonly secret: string | undefined,
    readonly redirectUri = CHATGPT_CALLBACK,
  ) {}

  /** Where ChatGPT sends the browser. A parameter that is undefined is left out. */
  authorizePath(parameters: Readonly<Record<string, string | undefined>> = {}): string {
    const all: Record<string, string | undefined> = {
      response_type: 'code',
      client_id: this.id,
      redirect_uri: this.redirectUri,
      scope: CHATGPT_SCOPE,
      state: 'state-1',
      ...parameters,
    };
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return `/oauth/authorize?${new URLSearchParams(given).toString()}`;
  }

  /** Signs in where nobody is, agrees, and returns what comes back to the application. */
  async authorize(
    browser: Form,
    parameters: Readonly<Record<string, string | undefined>> = {},
  ): Promise<URLSearchParams> {
    const consent = await browser.follow(await browser.get(this.authorizePath(parameters)));
    const action = /action="(\/interaction\/[^"/]+)\/allow"/.exec(consent.body)?.[1];
    if (action === undefined)
      throw new Error(`no consent page: ${consent.status} ${consent.body.slice(-600)}`);
    return callbackOf(await browser.follow(await browser.post(`${action}/allow`, {}), this.redirectUri));
  }

  /** POST or Basic, as the two settings of ChatGPT's editor. */
  async token(
    fields: Readonly<Record<string, string | undefined>>,
    { basic = false, secret = this.secret }: { basic?: boolean; secret?: string | undefined } = {},
  ): Promise<TokenAnswer> {
    const credentials: Record<string, string | undefined> = basic
      ? {}
      : { client_id: this.id, client_secret: secret };
    const all = Object.entries({ ...credentials, ...fields });
    const authorization = `Basic ${Buffer.from(`${this.id}:${secret}`).toString('base64')}`;
    const answer = await fetch(`${this.apiUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(all.filter((entry): entry is [string, string] => entry[1] !== undefined)),
      headers: basic ? { authorization } : {},
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as TokenAnswer['body'],
    };
  }

  exchange(
    code: string | null,
    more: Readonly<Record<string, string | undefined>> = {},
  ): Promise<TokenAnswer> {
    return this.token({
      grant_type: 'authorization_code',
      code: code ?? undefined,
      redirect_uri: this.redirectUri,
      ...more,
    });
  }

  refresh(refreshToken: string | undefined): Promise<TokenAnswer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }
}

/** The parameters that an answer carries back to the application. */
export function callbackOf({ location, status, body }: PageAnswer): URLSearchParams {
  if (location === null) throw new Error(`not sent back to the application: ${status} ${body.slice(-600)}`);
  return new URL(location).searchParams;
}

/** ChatGPT as an operator sets it up: two callbacks and a secret. */
export async function setUpChatGpt(app: TestApp): Promise<OAuthClient> {
  const operator = await Operator.signIn(app);
  const path = `/oauth-clients/${CHATGPT}`;
  const reason = 'set up the GPT';
  await operator.put(`${path}/redirect-uris`, { redirect_uris: [CHATGPT_CALLBACK, OTHER_CALLBACK], reason });
  const { body } = await operator.post(`${path}/secret`, { reason });
  return new OAuthClient(app.apiUrl, CHATGPT, String(body['client_secret']));
}

/** A new student's browser, signed in. */
export async function newBrowser(app: TestApp): Promise<{ browser: Form; email: string }> {
  const browser = new Form(app.apiUrl);
  const email = `oauth-${randomUUID()}@example.test`;
  const { status } = await browser.post('/register', { full_name: 'Ada', email, password: PASSWORD });
  if (status !== 303) throw new Error(`registration answered ${status}`);
  return { browser, email };
}
