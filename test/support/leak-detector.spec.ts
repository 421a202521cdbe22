import { join } from 'node:path';
import { loadCourse, type Chapter, type Course } from '../../src/modules/chapters';
import { escapeHtml } from '../../src/common/http/page';
import { LeakDetector } from './leak-detector';

describe('LeakDetector', () => {
  let course: Course;
  let detector: LeakDetector;
  let premium: Chapter;
  let sentence: string;

  beforeAll(async () => {
    course = await loadCourse(join(process.cwd(), 'content'));
    detector = new LeakDetector(course);
    const found = course.chapters.find(({ tier }) => tier === 'premium');
    if (found === undefined) throw new Error('the course has no premium chapter');
    premium = found;
    sentence = (premium.sections[1]?.body ?? '').split(/(?<=[.?!])\s/)[2] ?? '';
  });

  it('knows the whole premium half', () => {
    expect(detector.size).toBeGreaterThan(5000);
    expect(sentence.split(' ').length).toBeGreaterThan(6);
  });

  it.each<[string, (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['in JSON', (secret) => JSON.stringify({ a: [{ b: `"${secret}"\nNext` }] })],
    [
      'in marks and another case',
      (secret) => JSON.stringify(secret.toUpperCase().replaceAll(' ', '** \n**')),
    ],
    ['on a page', (secret) => `<p title="x">${escapeHtml(secret)}</p>`],
    ['in the middle of a longer text', (secret) => `Something public, ${secret}, and so on.`],
    ['as a member name', (secret) => JSON.stringify({ [secret]: 1 })],
  ])('finds a planted sentence %s', (_, plant) => {
    expect(detector.findLeaks(plant(sentence))).not.toEqual([]);
  });

  it('finds solutions of exercises and the texts of quizzes', () => {
    const solutions = course.chapters
      .filter(({ tier }) => tier === 'premium')
      .flatMap(({ sections }) => sections.flatMap(({ body }) => body.split('### Solution').slice(1)));
    const { questions } = course.findQuiz(premium.id)?.quiz ?? { questions: [] };
    const secrets = [...solutions, ...questions.flatMap(({ prompt, explanation }) => [prompt, explanation])];

    expect(solutions.length).toBeGreaterThan(5);
    expect(secrets.filter((secret) => detector.findLeaks(secret).length === 0)).toEqual([]);
  });

  it('finds nothing in what everybody may see', () => {
    const { introduction, objectives, sections } = premium;
    const preview = { introduction, objectives, section_titles: sections.map(({ title }) => title) };
    const free = course.chapters.filter(({ tier }) => tier === 'free');
    const { entries } = course.glossary;

    expect(detector.findLeaks(JSON.stringify({ preview, free, entries }))).toEqual([]);
  });
});
