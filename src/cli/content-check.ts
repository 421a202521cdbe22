import { loadCourse } from 'src/modules/chapters';
import { startOrExit } from 'src/common/process/start-or-exit';

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

/** `npm run content:check [folder]`: prints every mistake of the course, or a summary of it. */
startOrExit('content:check', async () => {
  const course = await loadCourse(process.argv[2] ?? 'content');
  for (const chapter of course.chapters) {
    const questions = course.findQuiz(chapter.id)?.quiz.questions.length ?? 0;
    const parts = [
      count(chapter.sections.length, 'section'),
      count(chapter.words, 'word'),
      count(chapter.estimatedMinutes, 'minute'),
      count(questions, 'question'),
    ];
    process.stdout.write(
      `${chapter.id}  ${chapter.title} (${chapter.tier}, ${chapter.difficulty}): ${parts.join(', ')}\n`,
    );
  }
  process.stdout.write(`${count(course.glossary.entries.length, 'glossary term')}\nno mistakes found\n`);
});
