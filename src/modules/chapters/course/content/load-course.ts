import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from 'src/config/app-config';
import { Course } from 'src/modules/chapters/course/domain/course';
import { findGlossaryProblems } from 'src/modules/chapters/course/domain/glossary-problems';
import { findQuizProblems, type QuizInFile } from 'src/modules/chapters/course/domain/validate-quiz';
import { findCourseProblems, type ChapterInFile } from 'src/modules/chapters/course/domain/validate-course';
import { readChapterFile, type ChapterFile } from './chapter-file';
import { readCourseFile, type CourseFile } from './course-file';
import { readGlossaryFile, type GlossaryFile } from './glossary-file';
import { readQuizFile, type QuizFile } from './quiz-file';
import type { ContentFile } from './read-yaml';

/** Inside the content folder. A course without this folder has no quizzes. */
export const QUIZ_FOLDER = 'quizzes';
/** Inside the content folder. A course without this file has no glossary. */
export const GLOSSARY_FILE = 'glossary.yaml';

/** Inside the content folder. A course without this file has the title "Course". */
const COURSE_FILE = 'course.yaml';

/** Reads and validates the course in `directory` (relative to the working directory). Throws ConfigError with every mistake. */
export async function loadCourse(directory: string): Promise<Course> {
  return assembleCourse(await readChapterFiles(directory), {
    quizFiles: await readQuizFiles(directory),
    glossaryFile: await readOptional(join(directory, GLOSSARY_FILE)),
    courseFile: await readOptional(join(directory, COURSE_FILE)),
  });
}

/** Optional files of a course. */
export interface OptionalFiles {
  readonly quizFiles?: readonly QuizFile[];
  readonly glossaryFile?: GlossaryFile | undefined;
  readonly courseFile?: CourseFile | undefined;
}

/** Throws ConfigError listing all mistakes of all files. */
export function assembleCourse(
  files: readonly ChapterFile[],
  { quizFiles = [], glossaryFile, courseFile }: OptionalFiles = {},
): Course {
  const read = files.map(readChapterFile);
  const inFiles = read.flatMap(({ file, chapter }): ChapterInFile[] =>
    chapter === undefined ? [] : [{ file, chapter }],
  );
  const chapters = inFiles.map(({ chapter }) => chapter);
  const readQuizzes = quizFiles.map(readQuizFile);
  const quizzes = readQuizzes.flatMap(({ file, quiz }): QuizInFile[] =>
    quiz === undefined ? [] : [{ file, quiz }],
  );
  const glossary = glossaryFile && readGlossaryFile(glossaryFile);
  const about = courseFile && readCourseFile(courseFile);
  const whole = [glossary, about].filter((one) => one !== undefined);
  const problems = [...read, ...readQuizzes, ...whole].flatMap((one) => one.problems);
  // When a chapter is unreadable, rules about order, quizzes and terms would report errors in valid files.
  if (chapters.length === read.length) {
    problems.push(...findCourseProblems(inFiles));
    problems.push(...findQuizProblems(quizzes, chapters));
    problems.push(
      ...findGlossaryProblems(glossary?.entries ?? [], chapters).map(
        (problem) => `${glossary?.file}: ${problem}`,
      ),
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return new Course(
    chapters,
    quizzes.map(({ quiz }) => quiz),
    glossary?.entries,
    about?.title,
  );
}

async function readChapterFiles(directory: string): Promise<ChapterFile[]> {
  const names = await listChapterFiles(directory);
  if (names.length === 0) throw new ConfigError([`CONTENT_DIR ${directory} holds no chapter (*.md)`]);
  return readFiles(directory, names);
}

async function readQuizFiles(directory: string): Promise<QuizFile[]> {
  const folder = join(directory, QUIZ_FOLDER);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ConfigError([`${folder} cannot be read (${error.code ?? 'unknown error'})`]);
  });
  return readFiles(folder, names.filter((name) => name.endsWith('.yaml')).sort());
}

async function readOptional(file: string): Promise<ContentFile | undefined> {
  try {
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new ConfigError([`${file} cannot be read (${code ?? 'unknown error'})`]);
  }
}

function readFiles(directory: string, names: readonly string[]): Promise<ChapterFile[]> {
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
