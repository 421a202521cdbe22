import { CHATGPT_URL, page } from './page';
import type { Problem } from './problem-details';

/** Seconds until a page looks again by itself. */
const LOOK_AGAIN_SECONDS = 3;

const BY_STATUS: Readonly<Record<number, { readonly title: string; readonly text: string }>> = {
  400: {
    title: 'This link is not complete',
    text: 'A part of the address is missing or was changed on the way. Please open the link from ChatGPT once more.',
  },
  404: {
    title: 'We do not know this link',
    text: 'It may have been shortened or mistyped. If you paid, nothing is lost: ask ChatGPT for your subscription status.',
  },
};

const FAILED = {
  title: 'Something went wrong on our side',
  text: 'The error has been logged. If you paid, nothing is lost: ask ChatGPT for your subscription status.',
};

const AWAY = {
  title: 'Just a moment, please',
  text: 'We cannot answer right now. If you paid, nothing is lost: this page looks again by itself.',
};

/** The same problem for somebody with a browser: what happened, that no money is lost, and the way on. */
export function problemPage({ body }: Problem): string {
  const isAway = body.status === 503;
  return page({
    ...(isAway ? AWAY : (BY_STATUS[body.status] ?? explain(body))),
    tone: isAway ? 'wait' : 'neutral',
    link: { href: CHATGPT_URL, label: 'Go back to ChatGPT' },
    reference: body.status >= 500 ? body.request_id : undefined,
    refreshSeconds: isAway ? LOOK_AGAIN_SECONDS : undefined,
  });
}

const explain = ({ status, title, detail }: Problem['body']) =>
  status < 500 ? { title, text: detail } : FAILED;

/** True for browsers, whose Accept names text/html; a bare wildcard (curl, SDKs) is served the problem document. */
export function prefersHtml(accept: string | undefined): boolean {
  const json = accept?.search(/application\/(problem\+)?json/i) ?? -1;
  const html = accept?.search(/text\/html/i) ?? -1;
  return html >= 0 && (json < 0 || html < json);
}
