import { marked } from 'marked';
import { escapeHtml } from 'src/common/http/page';
import type { Chapter, Course, Question } from 'src/modules/chapters';
import { PREVIEW_STYLE } from './preview-style';

// The content is our own, so its HTML is shown unchanged.
const markdown = (text: string): string => marked.parse(text, { async: false });

function layout(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>
<style>${PREVIEW_STYLE}</style></head>
<body><nav><a href="/">Course</a><a href="/glossary">Glossary</a></nav><main>${body}</main></body></html>`;
}

const facts = ({ tier, difficulty, estimatedMinutes, words }: Chapter): string =>
  `<p class="facts">${tier} · ${difficulty} · ${estimatedMinutes} minutes · ${words.toLocaleString('en')} words</p>`;

const list = (items: readonly string[], tag: 'ul' | 'ol' = 'ul'): string =>
  `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`;

/** All chapters with their sections. */
export function overviewPage(course: Course): string {
  const cards = course.chapters.map(
    (
      chapter,
    ) => `<section class="card"><h2><a href="/${chapter.id}">${chapter.position}. ${escapeHtml(chapter.title)}</a></h2>
<p>${escapeHtml(chapter.subtitle)}</p>${facts(chapter)}${list(
      chapter.sections.map(({ id, title }) => `<a href="/${chapter.id}#${id}">${escapeHtml(title)}</a>`),
      'ol',
    )}</section>`,
  );
  return layout(course.title, `<h1>${escapeHtml(course.title)}</h1>${cards.join('')}`);
}

/** One chapter with its quiz and, for the author, the answers. Undefined for an unknown chapter. */
export function chapterPage(course: Course, chapterId: string): string | undefined {
  const chapter = course.findChapter(chapterId);
  if (chapter === undefined) return undefined;
  const sections = chapter.sections.map(
    ({ id, title, body, words }) =>
      `<section id="${id}"><h2>${escapeHtml(title)}</h2><p class="facts">#${id} · ${words} words</p>${markdown(body)}</section>`,
  );
  const quiz = course.findQuiz(chapterId)?.quiz;
  const questions = (quiz?.questions ?? []).map(questionBlock).join('');
  const { previous, next } = course.neighboursOf(chapter);
  return layout(
    chapter.title,
    `<h1>${escapeHtml(chapter.title)}</h1><p class="subtitle">${escapeHtml(chapter.subtitle)}</p>${facts(chapter)}
${markdown(chapter.introduction)}<h3>You will be able to</h3>${list(chapter.objectives.map(escapeHtml))}
${sections.join('')}${questions && `<section id="quiz"><h2>Quiz</h2><ol class="quiz">${questions}</ol></section>`}
<p class="pager">${link(previous, '←')}${link(next, '→')}</p>`,
  );
}

const link = (chapter: Chapter | undefined, arrow: string): string =>
  chapter === undefined ? '' : `<a href="/${chapter.id}">${arrow} ${escapeHtml(chapter.title)}</a>`;

function questionBlock(question: Question): string {
  const options =
    'options' in question ? list(question.options.map(({ id, text }) => `${id}) ${escapeHtml(text)}`)) : '';
  const key = question.type === 'short_answer' ? question.accepted.join(' / ') : String(question.answer);
  return `<li><p>${escapeHtml(question.prompt)}</p>${options}
<details><summary>${question.type}, ${question.difficulty}, <a href="#${question.section}">#${question.section}</a></summary>
<p><strong>${escapeHtml(key)}</strong> ${escapeHtml(question.explanation)}</p></details></li>`;
}

export function glossaryPage(course: Course): string {
  const rows = course.glossary.entries.map(({ term, aliases, definition, section }) => {
    const chapter = course.findSection(section)?.chapter.id ?? '';
    const names = [term, ...aliases].map(escapeHtml).join(', ');
    return `<dt>${names}</dt><dd>${escapeHtml(definition)} <a href="/${chapter}#${section}">#${section}</a></dd>`;
  });
  return layout('Glossary', `<h1>Glossary</h1><dl>${rows.join('')}</dl>`);
}

/** Every mistake that the validator reports. */
export function mistakesPage(problems: readonly string[]): string {
  return layout('Mistakes', `<h1>The course has mistakes</h1>${list(problems.map(escapeHtml))}`);
}
