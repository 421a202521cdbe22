import type { Chapter } from './chapter';

interface TextInFile {
  readonly file: string;
  readonly chapter: Pick<Chapter, 'introduction' | 'sections'>;
}

/** `[text](target)`, `[name]: target` and bare addresses. */
const LINK = /\]\(\s*<?([^)\s>]*)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)|((?:https?:\/\/|www\.)[^\s)>\]]+)/gimu;
/** What is fenced or between backticks is shown as it is written. */
const CODE = /^[ \t]*(```|~~~)[\s\S]*?^[ \t]*\1|`[^`\n]+`/gm;

/**
 * A link may lead to a section of the same course (`#section-id`), and that section has to exist. Other targets are refused:
 * ChatGPT reads the text aloud or retells it, and an address in it goes stale. Sources are named by their title.
 */
export function findLinkProblems(chapters: readonly TextInFile[]): string[] {
  const sectionIds = new Set(chapters.flatMap(({ chapter }) => chapter.sections.map(({ id }) => id)));
  return chapters.flatMap(({ file, chapter: { introduction, sections } }) =>
    [introduction, ...sections.map(({ body }) => body)].flatMap(listTargets).flatMap((target) => {
      if (!target.startsWith('#'))
        return [`${file}: links to "${target}"; only sections (#section-id) can be linked to`];
      return sectionIds.has(target.slice(1)) ? [] : [`${file}: links to "${target}", which is no section`];
    }),
  );
}

function listTargets(markdown: string): string[] {
  return [...markdown.replace(CODE, '').matchAll(LINK)].map(
    ([, inline, reference, bare]) => inline ?? reference ?? bare ?? '',
  );
}
