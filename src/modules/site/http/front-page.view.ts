import { marked } from 'marked';
import { formatMoney } from 'src/common/domain/money';
import { escapeHtml, htmlDocument } from 'src/common/http/page';
import type { Chapter } from 'src/modules/chapters';
import type { PlanSummary } from 'src/modules/payments';

export interface FrontPage {
  readonly title: string;
  readonly chapters: readonly Chapter[];
  /** Empty, or without amounts, while the prices are unknown. */
  readonly plans: readonly PlanSummary[];
  readonly chatgptUrl: string;
}

/** For students: the promise, the chapters, a sample and the prices. */
export function frontPage({ title, chapters, plans, chatgptUrl }: FrontPage): string {
  const open = `<a class="button" href="${escapeHtml(chatgptUrl)}">Open in ChatGPT</a>`;
  const free = chapters.filter(({ tier }) => tier === 'free').length;
  const body = `<main class="front">
<header class="brand"><strong>Course Companion</strong><nav><a href="/sign-in?return_to=%2Faccount">Sign in</a></nav></header>
<section class="hero"><h1>${escapeHtml(title)}</h1>
<p>A course that ChatGPT teaches you one to one. It explains the ${count(chapters.length)} chapters in your language and at your
pace, asks questions, quizzes you and remembers where you stopped. The first ${count(free)} chapters are free.</p>
<div class="actions">${open}<a class="second" href="/register?return_to=%2Faccount">Create a free account</a></div></section>
<h2>The chapters</h2>
<ol class="tiles">${chapters.map(chapterTile).join('')}</ol>
${sample(chapters[0])}
<h2>Prices</h2>
<div class="tiles">${freeTile(free)}${plans.map((plan) => planTile(plan, plans)).join('')}</div>
<p class="fine">Premium opens all ${count(chapters.length)} chapters with their quizzes, and the certificate. It renews until you cancel. You can
cancel at any time and keep what you paid for. You pay on the page of our payment provider.</p>
<div class="actions">${open}</div>
<footer>Course Companion · <a href="/privacy">Privacy policy</a> · <a href="/terms">Terms</a> · <a href="/account">Your account</a> ·
<a href="/docs/quickstart">For developers</a></footer></main>`;
  return htmlDocument({ title: `${title} · Course Companion`, body });
}

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const count = (number: number): string => WORDS[number] ?? String(number);

const chapterTile = ({ title, subtitle, tier, estimatedMinutes }: Chapter): string =>
  `<li><strong>${escapeHtml(title)}</strong><span>${escapeHtml(subtitle)}</span><em class="${tier}">${
    tier === 'free' ? 'Free' : 'Premium'
  } · ${estimatedMinutes} minutes</em></li>`;

/** The beginning of the first chapter. Its text is our own, so its HTML is shown unchanged. */
function sample(chapter: Chapter | undefined): string {
  const section = chapter?.sections[0];
  if (chapter?.tier !== 'free' || section === undefined) return '';
  const text = marked.parse(`${chapter.introduction}\n\n### ${section.title}\n\n${section.body}`, {
    async: false,
  });
  return `<h2>Read a sample</h2><details class="sample"><summary>The first section of “${escapeHtml(chapter.title)}”</summary>
<article>${text}</article></details>`;
}

const freeTile = (chapters: number): string =>
  `<section class="tile"><strong>Free</strong><b>${formatMoney(0, 'usd')}</b><span>The first ${count(chapters)} chapters with their
quizzes, your progress and your streak</span></section>`;

function planTile(plan: PlanSummary, plans: readonly PlanSummary[]): string {
  const { interval, amountMinor, currency } = plan;
  const price =
    amountMinor === undefined || currency === undefined
      ? 'Shown before you pay'
      : `${formatMoney(amountMinor, currency)} <small>a ${interval}</small>`;
  return `<section class="tile"><strong>Premium, ${plan.plan}</strong><b>${price}</b><span>All chapters and the
certificate${saving(plan, plans)}</span></section>`;
}

/** What a year costs less than twelve months, in whole percent. */
function saving({ plan, amountMinor }: PlanSummary, plans: readonly PlanSummary[]): string {
  const month = plans.find((other) => other.plan === 'monthly')?.amountMinor;
  if (plan !== 'yearly' || amountMinor === undefined || month === undefined) return '';
  const percent = Math.floor((1 - amountMinor / (12 * month)) * 100);
  return percent > 0 ? `; ${percent}% less than twelve months` : '';
}
