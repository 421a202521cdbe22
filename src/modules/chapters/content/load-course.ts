import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from 'src/config/app-config';
import { Course } from 'src/modules/chapters/domain/course';
import { findCourseProblems, type ChapterInFile } from 'src/modules/chapters/domain/validate-course';
import { readChapterFile, type ChapterFile } from './chapter-file';

/** Reads and validates the course in `directory` (relative to the working directory). Throws ConfigError with every mistake. */
export async function loadCourse(directory: string): Promise<Course> {
  return assembleCourse(await readChapterFiles(directory));
}

/** Throws ConfigError listing all mistakes of all files. */
export function assembleCourse(files: readonly ChapterFile[]): Course {
  const read = files.map(readChapterFile);
  const chapters = read.flatMap(({ file, chapter }): ChapterInFile[] =>
    chapter === undefined ? [] : [{ file, chapter }],
  );
  const problems = read.flatMap((one) => one.problems);
  // With a chapter missing, rules about order would accuse the innocent files behind it.
  if (chapters.length === read.length) problems.push(...findCourseProblems(chapters));
  if (problems.length > 0) throw new ConfigError(problems);
  return new Course(chapters.map(({ chapter }) => chapter));
}

async function readChapterFiles(directory: string): Promise<ChapterFile[]> {
  const names = await listChapterFiles(directory);
  if (names.length === 0) throw new ConfigError([`CONTENT_DIR ${directory} holds no chapter (*.md)`]);
  return Promise.all(
    names.map(async (name) => {
      const file = join(directory, name);
      return { file, text: await readFile(file, 'utf8') };
    }),
  );
}

async function listChapterFiles(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names.filter((name) => name.endsWith('.md') && name.toLowerCase() !== 'readme.md').sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError([`CONTENT_DIR ${directory} cannot be read (${code ?? 'unknown error'})`]);
  }
}
