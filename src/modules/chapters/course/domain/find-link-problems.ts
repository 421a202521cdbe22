import type { Chapter } from './chapter';

interface TextInFile {
  readonly file: string;
  readonly chapter: Pick<Chapter, 'introduction' | 'sections'>;
}

/** `[text](target)`, `[name]: target` and bare addresses. */
const LINK = /\]\(\s*<?([^)\s>]*)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)|((?:https?:\/\/|www\.)[^\s)>\]]+)/gimu;
/** Fenced code and text between backticks contain no links. */
const CODE = /^[ \t]*(```|~~~)[\s\S]*?^[ \t]*\1|`[^`\n]+`/gm;

/**
 * A link may only lead to an existing section of the same course (`#section-id`). Other targets are errors: ChatGPT reads or
 * retells the text, and URLs in it go out of date. Name sources by their title.
 */
export function findLinkProblems(chapters: readonly TextInFile[]): string[] {
  const sectionIds = new Set(chapters.flatMap(({ chapter }) => chapter.sections.map(({ id }) => id)));
  return chapters.flatMap(({ file, chapter: { introduction, sections } }) =>
    [introduction, ...sections.map(({ body }) => body)].flatMap(listTargets).flatMap((target) => {
      if (!target.startsWith('#'))
        return [`${file}: links to "${target}"; link only to sections (#section-id)`];
      return sectionIds.has(target.slice(1)) ? [] : [`${file}: links to "${target}", which does not exist`];
    }),
  );
}

function listTargets(markdown: string): string[] {
  return [...markdown.replace(CODE, '').matchAll(LINK)].map(
    ([, inline, reference, bare]) => inline ?? reference ?? bare ?? '',
  );
}
