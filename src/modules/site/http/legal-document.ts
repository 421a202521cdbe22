import { escapeHtml, htmlDocument } from 'src/common/http/page';

export interface Section {
  readonly title: string;
  readonly paragraphs?: readonly string[];
  readonly points?: readonly string[];
}

export interface LegalDocument {
  readonly title: string;
  readonly introduction: string;
  readonly sections: readonly Section[];
  readonly other: { readonly href: string; readonly label: string };
}

/** A text with headings, in the style of our pages. Everything is escaped. */
export function legalDocument({ title, introduction, sections, other }: LegalDocument): string {
  const body = `<main class="site"><h1>${escapeHtml(title)}</h1>${paragraph(introduction)}
${sections.map(section).join('\n')}
<footer>Course Companion · <a href="${escapeHtml(other.href)}">${escapeHtml(other.label)}</a> · <a href="/">Front page</a></footer></main>`;
  return htmlDocument({ title: `${title} · Course Companion`, body });
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

const section = ({ title, paragraphs = [], points = [] }: Section): string =>
  `<h2>${escapeHtml(title)}</h2>${paragraphs.map(paragraph).join('')}${list(points)}`;

const list = (points: readonly string[]): string =>
  points.length === 0 ? '' : `<ul>${points.map((point) => `<li>${escapeHtml(point)}</li>`).join('')}</ul>`;
