import { CHATGPT_URL, page } from './page';
import type { Problem } from './problem-details';

/** Seconds until a page reloads. */
const RELOAD_SECONDS = 3;

/** By code: errors of our own explain themselves. */
const BY_CODE: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  invalid_request: {
    title: 'This link is incomplete',
    text: 'Part of the address is missing or was changed. Open the link from ChatGPT again.',
  },
};

const BY_STATUS: Readonly<Record<number, { readonly title: string; readonly text: string }>> = {
  404: {
    title: 'We cannot find this page',
    text: 'The link may be cut off or mistyped. If you paid, your payment is safe: ask ChatGPT for your subscription status.',
  },
};

const FAILED = {
  title: 'Something went wrong on our side',
  text: 'The error has been logged. If you paid, your payment is safe: ask ChatGPT for your subscription status.',
};

const UNAVAILABLE = {
  title: 'One moment, please',
  text: 'The service is temporarily unavailable. If you paid, your payment is safe. This page reloads by itself.',
};

/** The problem as an HTML page: what happened, that a payment is safe, and what to do next. */
export function problemPage({ body }: Problem): string {
  const isUnavailable = body.status === 503;
  return page({
    ...(isUnavailable ? UNAVAILABLE : (BY_STATUS[body.status] ?? BY_CODE[body.code] ?? explain(body))),
    tone: isUnavailable ? 'wait' : 'neutral',
    link: { href: CHATGPT_URL, label: 'Go back to ChatGPT' },
    reference: body.status >= 500 ? body.request_id : undefined,
    refreshSeconds: isUnavailable ? RELOAD_SECONDS : undefined,
  });
}

const explain = ({ status, title, detail }: Problem['body']) =>
  status < 500 ? { title, text: detail } : FAILED;

/** True for browsers, whose Accept header names text/html. A bare wildcard (curl, SDKs) gets the problem document. */
export function prefersHtml(accept: string | undefined): boolean {
  const json = accept?.search(/application\/(problem\+)?json/i) ?? -1;
  const html = accept?.search(/text\/html/i) ?? -1;
  return html >= 0 && (json < 0 || html < json);
}
