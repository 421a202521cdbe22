/** A small page of ours: one message, one way onwards. */
export interface Page {
  readonly title: string;
  readonly text: string;
  readonly tone: 'good' | 'wait' | 'neutral';
  readonly link: { readonly href: string; readonly label: string };
  /** Looks again by itself after this many seconds. */
  readonly refreshSeconds?: number | undefined;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** The whole look of our pages; its hash is allowed by the content security policy, scripts are not. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5a6675;--card:#fff;--ground:#f3f5f8;--line:#dfe4ea;--good:#0f7b4f;--wait:#8a5a00;--neutral:#39506b}
@media(prefers-color-scheme:dark){:root{--ink:#eef2f6;--soft:#a9b4c0;--card:#1b222c;--ground:#10151c;--line:#2d3743;--good:#4fd39a;--wait:#f0b95a;--neutral:#9fb8d6}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:min(100%,460px);background:var(--card);border:1px solid var(--line);border-radius:16px;padding:40px 36px;text-align:center}
.mark{width:56px;height:56px;margin:0 auto 20px;border-radius:50%;display:grid;place-items:center;font-size:28px;color:var(--card)}
.good .mark{background:var(--good)}.wait .mark{background:var(--wait)}.neutral .mark{background:var(--neutral)}
h1{margin:0 0 12px;font-size:26px;line-height:1.25}
p{margin:0 0 28px;color:var(--soft)}
a.button{display:block;padding:14px 20px;border-radius:10px;background:var(--ink);color:var(--card);font-weight:600;text-decoration:none}
a.button:focus-visible{outline:3px solid var(--good);outline-offset:3px}
footer{margin-top:24px;font-size:13px;color:var(--soft)}`;

const MARKS: Record<Page['tone'], string> = { good: '✓', wait: '…', neutral: '–' };

/** Complete HTML without scripts; every inserted value is escaped. */
export function page({ title, text, tone, link, refreshSeconds }: Page): string {
  const refresh =
    refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">${refresh}<title>${escapeHtml(title)} · Course Companion</title><style>${PAGE_STYLE}</style></head>
<body><main class="${tone}"><div class="mark" aria-hidden="true">${MARKS[tone]}</div>
<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>
<a class="button" href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a>
<footer>Course Companion</footer></main></body></html>`;
}
