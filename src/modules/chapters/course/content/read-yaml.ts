import { parse } from 'yaml';
import type { z } from 'zod';

/** A content file as it is on disk. */
export interface ContentFile {
  /** The file name that error messages show to the author. */
  readonly file: string;
  readonly text: string;
}

export interface ReadYaml<T> {
  /** Undefined when the file is invalid. */
  readonly content: T | undefined;
  /** One line each, beginning with the file's name. */
  readonly problems: readonly string[];
}

/** Reads one YAML file of the course. Never throws: returns every mistake in `problems`. */
export function readYaml<T>({ file, text }: ContentFile, schema: z.ZodType<T>): ReadYaml<T> {
  const unreadable = (problems: readonly string[]) => ({
    content: undefined,
    problems: problems.map((problem) => `${file}: ${problem}`),
  });
  let values: unknown;
  try {
    values = parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unreadable([`is not YAML: ${message.split('\n', 1)[0]}`]);
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return { content: parsed.data, problems: [] };
  return unreadable(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()));
}
