import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { aChapterText } from '../../src/modules/chapters/testing/chapter.factory';
import { aQuiz, aQuizText } from '../../src/modules/chapters/testing/quiz.factory';

const TITLES = [
  'Foundations',
  'How models work',
  'Prompts',
  'Harder tasks',
  'Safety',
  'In practice',
] as const;

/**
 * A course for the examples in published documents: it has the form of the real one and none of its text, because
 * readers of the documents, ChatGPT above all, must not find answers to the real quizzes in them. Returns its folder.
 */
export async function writeExampleCourse(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'example-course-'));
  await mkdir(join(folder, 'quizzes'));
  await writeFile(join(folder, 'course.yaml'), stringify({ title: 'An example course' }));
  await writeFile(join(folder, 'glossary.yaml'), stringify(GLOSSARY));
  for (const [index, title] of TITLES.entries()) {
    const position = index + 1;
    await writeFile(join(folder, `${position}.md`), chapterText(position, title));
    await writeFile(join(folder, 'quizzes', `chapter-${position}.yaml`), quizText(position));
  }
  return folder;
}

const GLOSSARY = [
  {
    term: 'Retrieval-augmented generation',
    aliases: ['RAG'],
    definition: 'A model answers from passages that were looked up for the question.',
    section: 'chapter-2-part-1',
  },
  {
    term: 'Token',
    aliases: ['tokens'],
    definition: 'A piece of text that a model reads and writes.',
    section: 'chapter-1-part-2',
  },
];

function chapterText(position: number, title: string): string {
  const sections = [1, 2, 3, 4, 5].map(
    (part) =>
      `## ${title}, part ${part} {#chapter-${position}-part-${part}}\n\nPart ${part} explains tokens with an example.`,
  );
  return aChapterText({
    position,
    frontMatter: {
      title,
      subtitle: `What ${title.toLowerCase()} means for daily work`,
      tier: position > 3 ? 'premium' : 'free',
      objectives: '[Name the parts, Explain how they fit, Apply them, Judge the result]',
      tags: '[example]',
    },
    markdown: [`This chapter is about ${title.toLowerCase()}.`, ...sections].join('\n\n'),
  });
}

function quizText(position: number): string {
  const quiz = aQuiz({ position });
  const questions = quiz.questions.map((question, index) => ({
    ...question,
    prompt: `Question ${index + 1} of chapter ${position}?`,
    explanation: `Why the right answer to question ${index + 1} is right.`,
  }));
  return aQuizText({ ...quiz, questions });
}
