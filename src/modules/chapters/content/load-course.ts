import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from 'src/config/app-config';
import { Course } from 'src/modules/chapters/domain/course';
import { findQuizProblems, type QuizInFile } from 'src/modules/chapters/domain/quiz/validate-quiz';
import { findCourseProblems, type ChapterInFile } from 'src/modules/chapters/domain/validate-course';
import { readChapterFile, type ChapterFile } from './chapter-file';
import { readQuizFile, type QuizFile } from './quiz-file';

/** Below the content folder; a course without it has no quizzes. */
export const QUIZ_FOLDER = 'quizzes';

/** Reads and validates the course in `directory` (relative to the working directory). Throws ConfigError with every mistake. */
export async function loadCourse(directory: string): Promise<Course> {
  return assembleCourse(await readChapterFiles(directory), await readQuizFiles(directory));
}

/** Throws ConfigError listing all mistakes of all files. */
export function assembleCourse(files: readonly ChapterFile[], quizFiles: readonly QuizFile[] = []): Course {
  const read = files.map(readChapterFile);
  const chapters = read.flatMap(({ file, chapter }): ChapterInFile[] =>
    chapter === undefined ? [] : [{ file, chapter }],
  );
  const readQuizzes = quizFiles.map(readQuizFile);
  const quizzes = readQuizzes.flatMap(({ file, quiz }): QuizInFile[] =>
    quiz === undefined ? [] : [{ file, quiz }],
  );
  const problems = [...read, ...readQuizzes].flatMap((one) => one.problems);
  // With a chapter missing, rules about order and quizzes would accuse the innocent files.
  if (chapters.length === read.length) {
    problems.push(...findCourseProblems(chapters));
    problems.push(
      ...findQuizProblems(
        quizzes,
        chapters.map(({ chapter }) => chapter),
      ),
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return new Course(
    chapters.map(({ chapter }) => chapter),
    quizzes.map(({ quiz }) => quiz),
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
