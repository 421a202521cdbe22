import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { page, CHATGPT_URL } from 'src/common/http/page';

/** For requests that cannot return to the application, because its address is wrong. */
export function renderError(ctx: KoaContextWithOIDC, { error, error_description: why }: ErrorOut): void {
  const ours = ctx.status >= 500;
  ctx.type = 'html';
  ctx.body = page({
    title: ours ? 'Something went wrong on our side' : 'This application cannot be connected',
    text: ours
      ? 'Go back and try again in a moment.'
      : `Its request is not valid: ${error}${why === undefined ? '' : ` (${why})`}. Connect it again from the application.`,
    tone: 'neutral',
    link: { href: CHATGPT_URL, label: 'Go back to ChatGPT' },
  });
}
