import type { Answer } from './http';
import type { OAuthClient, TokenAnswer } from './oauth';
import type { DocumentedOperation, OpenApiDocument } from './openapi-schemas';
import { Player, type Play } from './player';

type ActionsDocument = OpenApiDocument & { readonly servers: readonly { readonly url: string }[] };

/** The student has to sign in (again): ChatGPT shows "Sign in to …" and opens the authorization URL in their browser. */
export class SignInNeeded extends Error {}

/**
 * ChatGPT as a client: it knows the Actions document and nothing else, sends no header of ours but the access token,
 * refreshes when it meets a 401, and asks for a sign-in when that fails.
 */
export class ChatGpt {
  private readonly player: Player;
  private accessToken: string | undefined;
  private refreshToken: string | undefined;
  /** How often it has exchanged its refresh token. */
  refreshes = 0;

  private constructor(
    private readonly oauth: OAuthClient,
    private readonly document: ActionsDocument,
  ) {
    this.player = new Player(document.servers[0]?.url ?? '', document);
  }

  /** Imports the document, as the editor of a GPT does. */
  static async import(url: string, oauth: OAuthClient): Promise<ChatGpt> {
    return new ChatGpt(oauth, (await (await fetch(url)).json()) as ActionsDocument);
  }

  /** With the code that came back with the browser. */
  async finishSignIn(code: string | null): Promise<void> {
    this.keep(await this.oauth.exchange(code));
  }

  /** Like a quarter of an hour without a word. */
  loseAccessToken(): void {
    this.accessToken = 'expired';
  }

  /** Whether the student is asked before this operation is called, every time. */
  asksBefore(operationId: string): boolean {
    const operation = Object.values(this.document.paths)
      .flatMap((methods) => Object.values(methods) as (DocumentedOperation & Record<string, unknown>)[])
      .find((one) => one.operationId === operationId);
    if (operation === undefined) throw new Error(`${operationId} is not in the Actions document`);
    return operation['x-openai-isConsequential'] === true;
  }

  /** Throws SignInNeeded, and whenever request or answer are not what the document promises. */
  async call(operationId: string, play: Omit<Play, 'token'> = {}): Promise<Answer> {
    const first = await this.send(operationId, play);
    if (first.status !== 401) return first;
    await this.refresh();
    const second = await this.send(operationId, play);
    if (second.status === 401) throw new SignInNeeded(operationId);
    return second;
  }

  private send(operationId: string, play: Omit<Play, 'token'>): Promise<Answer> {
    return this.player.play(operationId, {
      ...play,
      ...(this.accessToken === undefined ? {} : { token: this.accessToken }),
    });
  }

  private async refresh(): Promise<void> {
    if (this.refreshToken === undefined) throw new SignInNeeded('never signed in');
    this.keep(await this.oauth.refresh(this.refreshToken));
    this.refreshes += 1;
  }

  private keep({ status, body }: TokenAnswer): void {
    if (status !== 200) throw new SignInNeeded(String(body.error));
    this.accessToken = body.access_token;
    this.refreshToken = body.refresh_token;
  }
}
