import type { GlossaryEntry } from 'src/modules/chapters/domain/glossary';
import { parse } from 'yaml';
import { glossarySchema } from './glossary.schema';

export interface GlossaryFile {
  /** How the file is named to its author. */
  readonly file: string;
  readonly text: string;
}

export interface ReadGlossaryFile {
  readonly file: string;
  /** Undefined when the file cannot be understood. */
  readonly entries: readonly GlossaryEntry[] | undefined;
  readonly problems: readonly string[];
}

/** Reads the glossary. Never throws: whatever is wrong comes back as problems, one line each. */
export function readGlossaryFile({ file, text }: GlossaryFile): ReadGlossaryFile {
  const unreadable = (problems: readonly string[]) => ({
    file,
    entries: undefined,
    problems: problems.map((problem) => `${file}: ${problem}`),
  });
  let values: unknown;
  try {
    values = parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unreadable([`is not YAML: ${message.split('\n', 1)[0]}`]);
  }
  const content = glossarySchema.safeParse(values);
  if (!content.success)
    return unreadable(content.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()));
  return { file, entries: content.data, problems: [] };
}
