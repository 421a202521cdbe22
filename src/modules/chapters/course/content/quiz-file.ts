import { createHash } from 'node:crypto';
import type { Quiz } from 'src/modules/chapters/course/domain/quiz';
import { quizSchema } from './quiz.schema';
import { readYaml, type ContentFile } from './read-yaml';

export type QuizFile = ContentFile;

export interface ReadQuizFile {
  readonly file: string;
  /** Undefined when the file is invalid. */
  readonly quiz: Quiz | undefined;
  readonly problems: readonly string[];
}

/** Reads one quiz file. Never throws: returns every mistake as one line in `problems`. */
export function readQuizFile(source: QuizFile): ReadQuizFile {
  const { content, problems } = readYaml(source, quizSchema);
  const version = createHash('sha256').update(source.text).digest('hex');
  return { file: source.file, quiz: content && { ...content, version }, problems };
}
