import { z } from 'zod';
import { readYaml, type ContentFile } from './read-yaml';

/** The content of `course.yaml`. Strict: a misspelt key is a mistake, not an ignored line. */
const courseFileSchema = z.strictObject({ title: z.string().trim().min(1, 'is empty').max(120, 'is too long') });

export type CourseFile = ContentFile;

export interface ReadCourseFile {
  readonly title: string | undefined;
  readonly problems: readonly string[];
}

/** Reads the settings of the whole course. Never throws: returns every mistake as one line in `problems`. */
export function readCourseFile(source: CourseFile): ReadCourseFile {
  const { content, problems } = readYaml(source, courseFileSchema);
  return { title: content?.title, problems };
}
