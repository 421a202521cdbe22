import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import type { Chapter } from 'src/modules/chapters/course/domain/chapter';
import { parseChapter } from 'src/modules/chapters/course/domain/parse-chapter';
import { frontMatterSchema } from './front-matter.schema';

export interface ChapterFile {
  /** The file name that error messages show to the author. */
  readonly file: string;
  readonly text: string;
}

export interface ReadChapter {
  readonly file: string;
  /** Undefined when the front matter is invalid. */
  readonly chapter: Chapter | undefined;
  readonly problems: readonly string[];
}

const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
const VERSION_LENGTH = 16;

/** Reads one chapter file. Never throws: returns every mistake as one line in `problems`. */
export function readChapterFile({ file, text }: ChapterFile): ReadChapter {
  const [block, yaml] = FRONT_MATTER.exec(text) ?? [];
  if (block === undefined || yaml === undefined)
    return unreadable(file, ['does not begin with front matter between two "---" lines']);
  const values = parseYaml(yaml);
  if (!values.ok) return unreadable(file, [`front matter is not YAML: ${values.problem}`]);
  const frontMatter = frontMatterSchema.safeParse(values.value);
  if (!frontMatter.success)
    return unreadable(
      file,
      frontMatter.error.issues.map((issue) => `front matter ${issue.path.join('.')} ${issue.message}`),
    );
  const { chapter, problems } = parseChapter({
    frontMatter: frontMatter.data,
    markdown: text.slice(block.length),
    version: createHash('sha256').update(text).digest('hex').slice(0, VERSION_LENGTH),
  });
  return { file, chapter, problems: problems.map((problem) => `${file}: ${problem}`) };
}

function unreadable(file: string, problems: readonly string[]): ReadChapter {
  return { file, chapter: undefined, problems: problems.map((problem) => `${file}: ${problem}`) };
}

function parseYaml(yaml: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    return { ok: true, value: parse(yaml) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: message.split('\n', 1)[0] ?? '' };
  }
}
