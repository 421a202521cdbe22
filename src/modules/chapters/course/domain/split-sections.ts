/** A `## Title {#id}` block. `id` is undefined when the author left it out. */
export interface RawSection {
  readonly id: string | undefined;
  readonly title: string;
  readonly body: string;
}

export interface SplitMarkdown {
  readonly introduction: string;
  readonly sections: readonly RawSection[];
  /** An unclosed code fence hides every heading after it. */
  readonly openFence: boolean;
  /** The title is in the front matter; a `#` heading would be a second title. */
  readonly hasTopHeading: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const SECTION = /^## +(.*?)\s*$/;
const SECTION_ID = /^(.*?)\s*\{#([^}]*)\}$/;

/** Splits a chapter at its `##` headings. Headings inside fenced code (CommonMark 4.5) are text, not headings. */
export function splitSections(markdown: string): SplitMarkdown {
  const introduction: string[] = [];
  const sections: { heading: string; lines: string[] }[] = [];
  let fence: string | undefined;
  let hasTopHeading = false;
  for (const line of markdown.split(/\r?\n/)) {
    const heading = fence === undefined ? SECTION.exec(line)?.[1] : undefined;
    if (heading !== undefined) {
      sections.push({ heading, lines: [] });
      continue;
    }
    if (fence === undefined && /^# /.test(line)) hasTopHeading = true;
    fence = nextFence(fence, line);
    (sections.at(-1)?.lines ?? introduction).push(line);
  }
  return {
    introduction: introduction.join('\n').trim(),
    sections: sections.map(toRawSection),
    openFence: fence !== undefined,
    hasTopHeading,
  };
}

/** The fence that is open after this line, if any. A closing fence is as long as the opening one and has no other text. */
function nextFence(open: string | undefined, line: string): string | undefined {
  const [, marker, rest = ''] = FENCE.exec(line) ?? [];
  if (marker === undefined) return open;
  if (open === undefined) return marker.startsWith('`') && rest.includes('`') ? undefined : marker;
  const closes = marker.startsWith(open) && rest.trim() === '';
  return closes ? undefined : open;
}

function toRawSection({ heading, lines }: { heading: string; lines: string[] }): RawSection {
  const [, title, id] = SECTION_ID.exec(heading) ?? [];
  return { id, title: title ?? heading, body: lines.join('\n').trim() };
}
