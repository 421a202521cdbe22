import { join } from 'node:path';
import { buildLockedBody } from 'src/modules/chapters/gate/http/locked-body';
import { anAccess, PLANS } from 'src/modules/chapters/testing/payments.fake';
import { loadCourse } from './load-course';

// The files that ship: an author learns here, by file name, what a start would refuse.
describe('the course in content/', () => {
  const load = () => loadCourse(join(process.cwd(), 'content'));

  it('is valid and has the six chapters, the first three free', async () => {
    const { chapters } = await load();

    // More may follow: a seventh chapter needs files only.
    expect(chapters.slice(0, 6).map(({ title, tier }) => [title, tier])).toEqual([
      ['Introduction to Generative AI', 'free'],
      ['How Large Language Models Work', 'free'],
      ['Prompt Engineering Basics', 'free'],
      ['Advanced Prompting Techniques', 'premium'],
      ['AI Safety and Ethics', 'premium'],
      ['Real-World AI Applications', 'premium'],
    ]);
  });

  // Of this course, not of every course: a chapter is one sitting.
  it('has 1,800 to 2,800 words in each chapter', async () => {
    const { chapters } = await load();

    const outside = chapters
      .filter(({ words }) => words < 1_800 || words > 2_800)
      .map(({ id, words }) => [id, words]);

    expect(outside).toEqual([]);
  });

  it('teaches and asks every objective in a section of its chapter', async () => {
    const course = await load();
    for (const { id, objectives, sections } of course.chapters) {
      const questions = course.findQuiz(id)?.quiz.questions ?? [];
      const uncovered = objectives.filter((_, index) =>
        questions.every(
          ({ objective, section }) =>
            objective !== index + 1 || !sections.some((candidate) => candidate.id === section),
        ),
      );

      expect([id, uncovered]).toEqual([id, []]);
    }
  });

  it('shows no sentence of a premium section in its locked body', async () => {
    const { chapters } = await load();
    for (const chapter of chapters.filter(({ tier }) => tier === 'premium')) {
      const resource = { type: 'chapter', id: chapter.id, title: chapter.title } as const;
      const shown = JSON.stringify(buildLockedBody({
          resource,
          chapter,
          access: anAccess(),
          plans: PLANS,
          publicUrl: 'https://course.example',
        }));

      const leaked = chapter.sections
        .flatMap(({ body }) => body.split(/(?<=[.!?:])\s+|\n+/))
        .filter((sentence) => sentence.length > 40 && shown.includes(JSON.stringify(sentence).slice(1, -1)));

      expect(leaked).toEqual([]);
    }
  });
});
