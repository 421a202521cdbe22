import { createHash } from 'node:crypto';
import type { Quiz } from 'src/modules/chapters/domain/quiz/quiz';
import { parse } from 'yaml';
import { quizSchema } from './quiz.schema';

export interface QuizFile {
  /** How the file is named to its author. */
  readonly file: string;
  readonly text: string;
}

export interface ReadQuizFile {
  readonly file: string;
  /** Undefined when the file cannot be understood. */
  readonly quiz: Quiz | undefined;
  readonly problems: readonly string[];
}

/** Reads one quiz file. Never throws: whatever is wrong comes back as problems, one line each. */
export function readQuizFile({ file, text }: QuizFile): ReadQuizFile {
  const unreadable = (problems: readonly string[]) => ({
    file,
    quiz: undefined,
    problems: problems.map((problem) => `${file}: ${problem}`),
  });
  let values: unknown;
  try {
    values = parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unreadable([`is not YAML: ${message.split('\n', 1)[0]}`]);
  }
  const content = quizSchema.safeParse(values);
  if (!content.success)
    return unreadable(content.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()));
  const version = createHash('sha256').update(text).digest('hex');
  return { file, quiz: { ...content.data, version }, problems: [] };
}
