import { PAGE_STYLE } from './page-style';

export interface PageLink {
  readonly href: string;
  readonly label: string;
}

/** A small page with one message and one link to continue. */
export interface Page {
  readonly title: string;
  readonly text: string;
  readonly tone: 'good' | 'wait' | 'neutral';
  readonly link: PageLink;
  /** A less prominent second link. */
  readonly secondLink?: PageLink | undefined;
  /** A reference that a person can quote to support. */
  readonly reference?: string | undefined;
  /** Reloads after this many seconds. */
  readonly refreshSeconds?: number | undefined;
}

export interface HtmlDocument {
  readonly title: string;
  /** HTML in which the caller has escaped every inserted value. */
  readonly body: string;
  readonly refreshSeconds?: number | undefined;
}

/** Where a student returns to by default. */
export const CHATGPT_URL = 'https://chatgpt.com/';

/** For `@Header(...)` of routes that answer with a page. */
export const HTML_CONTENT = ['content-type', 'text/html; charset=utf-8'] as const;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const ICON =
  '%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 32 32%22%3E%3Crect width=%2232%22 height=%2232%22 rx=%228%22 fill=%22%231f4f8f%22/%3E%3Cpath d=%22M7 10q5-2 9 1 4-3 9-1v13q-5-2-9 1-4-3-9-1z%22 fill=%22%23fff%22/%3E%3C/svg%3E';

/** Complete HTML without scripts, in the one style that the content security policy allows. */
export function htmlDocument({ title, body, refreshSeconds }: HtmlDocument): string {
  const refresh =
    refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">${refresh}<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:image/svg+xml,${ICON}"><style>${PAGE_STYLE}</style></head>
<body>${body}</body></html>`;
}

const MARKS: Record<Page['tone'], string> = {
  good: '<path d="M5 13l4.5 4.5L19 7.5"/>',
  wait: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
  neutral: '<path d="M6 12h12"/>',
};

/** One message; every inserted value is escaped. */
export function page({ title, text, tone, link, secondLink, reference, refreshSeconds }: Page): string {
  const second = secondLink === undefined ? '' : anchor('second', secondLink);
  const quote = reference === undefined ? '' : `<p class="reference">Reference ${escapeHtml(reference)}</p>`;
  const body = `<main class="card ${tone}"><div class="mark"><svg viewBox="0 0 24 24" aria-hidden="true">${MARKS[tone]}</svg></div>
<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>
${anchor('button', link)}${second}${quote}
<footer>Course Companion</footer></main>`;
  return htmlDocument({ title: `${title} · Course Companion`, body, refreshSeconds });
}

const anchor = (kind: string, { href, label }: PageLink): string =>
  `<a class="${kind}" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
