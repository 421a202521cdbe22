import { page } from 'src/common/http/page';
import type { BoardParts } from './board-parts';

/** bull-board's page with its own files only: no fonts of other sites, no inline styles. */
export function boardPage({ template, uiConfig }: Pick<BoardParts, 'template' | 'uiConfig'>, base: string) {
  const files = (pattern: RegExp) => [...template.matchAll(pattern)].map(([, file]) => file);
  const styles = files(/href="(static\/css\/[\w.-]+\.css)"/g);
  const scripts = files(/src="(static\/js\/[\w.-]+\.js)"/g);
  if (styles.length === 0 || scripts.length === 0) throw new Error('the page of bull-board names no files');
  // A "<" could close the element that holds the text.
  const config = JSON.stringify(uiConfig).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><base href="${base}/"><title>Queues · Course Companion</title>
<link rel="icon" type="image/png" href="static/favicon-32x32.png" id="fav-logo">
${styles.map((file) => `<link rel="stylesheet" href="${file}">`).join('\n')}</head>
<body class="preload"><script id="__UI_CONFIG__" type="application/json">${config}</script>
<div id="root"><noscript>This page needs scripts.</noscript></div>
${scripts.map((file) => `<script defer src="${file}"></script>`).join('\n')}</body></html>`;
}

/** Shown when the application runs without Redis. */
export function noQueuesPage(): string {
  return page({
    title: 'There is no queue',
    text: 'REDIS_URL is not set, so the worker reads every event from PostgreSQL. Use listWebhookEvents to see received events and their status.',
    tone: 'neutral',
    link: { href: '/docs', label: 'Back to the API' },
  });
}
