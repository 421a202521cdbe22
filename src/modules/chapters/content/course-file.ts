import { parse } from 'yaml';
import { z } from 'zod';

/** The content of `course.yaml`. Strict: a misspelt key is a mistake, not an ignored line. */
const courseFileSchema = z.strictObject({ title: z.string().trim().min(1, 'is empty').max(120, 'is too long') });

export interface CourseFile {
  /** How the file is named to its author. */
  readonly file: string;
  readonly text: string;
}

export interface ReadCourseFile {
  readonly title: string | undefined;
  readonly problems: readonly string[];
}

/** Reads what concerns the course as a whole. Never throws: mistakes come back as problems, one line each. */
export function readCourseFile({ file, text }: CourseFile): ReadCourseFile {
  let values: unknown;
  try {
    values = parse(text);
  } catch {
    return { title: undefined, problems: [`${file}: is not YAML`] };
  }
  const parsed = courseFileSchema.safeParse(values);
  if (parsed.success) return { title: parsed.data.title, problems: [] };
  const problems = parsed.error.issues.map(({ path, message }) => `${file}: ${path.join('.')} ${message}`);
  return { title: undefined, problems };
}
