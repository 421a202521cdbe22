import { html, trustedHtml, type Html } from 'src/common/http/html';
import { OPS_STYLE } from './ops-style';

export const OPS_PATH = '/ops';

const SECTIONS = [
  ['/ops', 'Today'],
  ['/ops/lists/newest_premium', 'Customers'],
  ['/ops/inbox', 'Inbox'],
  ['/ops/revenue', 'Revenue'],
  ['/ops/operators', 'Operators'],
] as const;
type Section = (typeof SECTIONS)[number][0];

/** Not part of the template, where a formatter may add spaces: the policy allows exactly this text. */
const STYLE = trustedHtml(`<style>${OPS_STYLE}</style>`);

export interface OpsPage {
  readonly title: string;
  /** Path of the section that the page belongs to. */
  readonly section?: Section;
  readonly query?: string | undefined;
  /** Confirms a completed action. */
  readonly notice?: string | undefined;
  readonly body: Html;
}

/** One page of the operators: the bar with the search box and the sections, and the content. No scripts. */
export function opsPage({ title, section, query, notice, body }: OpsPage): string {
  const status = notice === undefined ? undefined : html`<div class="notice" role="status">${notice}</div>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Operations</title>
        <link rel="icon" href="data:," />
        ${STYLE}
      </head>
      <body>
        ${bar(section, query)}
        <main>${status}${body}</main>
      </body>
    </html>`.toString();
}

function bar(section: Section | undefined, query = ''): Html {
  const links = SECTIONS.map(([path, name]) => link(path, name, path === section));
  return html`<header class="bar">
    <div>
      <a class="brand" href="/ops">Course Companion</a>
      <form class="search" role="search" action="/ops/search">
        <input
          type="search"
          name="q"
          required
          minlength="3"
          maxlength="320"
          value="${query}"
          aria-label="Search customers"
          placeholder="Email, name, Stripe id, event id or last four"
        /><button>Search</button>
      </form>
      <nav aria-label="Operations">${links}<a href="/docs">API</a><a href="/account">Account</a></nav>
    </div>
  </header>`;
}

const link = (path: string, name: string, current: boolean): Html =>
  current ? html`<a href="${path}" aria-current="page">${name}</a>` : html`<a href="${path}">${name}</a>`;
