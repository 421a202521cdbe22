import { ConfigError } from 'src/config/app-config';
import { aChapterText } from 'src/modules/chapters/testing/chapter.factory';
import { aQuestion, aQuiz, aQuizText } from 'src/modules/chapters/testing/quiz.factory';
import { assembleCourse } from './load-course';
import { readQuizFile } from './quiz-file';

const read = (text: string) => readQuizFile({ file: 'q.yaml', text });

describe('readQuizFile', () => {
  it('reads every type of question and a version', () => {
    const { quiz, problems } = read(aQuizText());

    expect(problems).toEqual([]);
    expect(quiz).toEqual(aQuiz({ version: expect.stringMatching(/^[0-9a-f]{64}$/) }));
  });

  it('changes the version only when the file changes', () => {
    expect(read(aQuizText()).quiz?.version).toBe(read(aQuizText()).quiz?.version);
    expect(read(`${aQuizText()}# edited\n`).quiz?.version).not.toBe(read(aQuizText()).quiz?.version);
  });

  const withFirst = (changes: object) =>
    aQuizText(aQuiz({ questions: [{ ...aQuestion(), ...changes } as ReturnType<typeof aQuestion>] }));

  it.each([
    ['questions: [', /^q\.yaml: is not YAML: /],
    ['', /^q\.yaml: /],
    ['chapter: chapter-1\npass_percent: 0\nquestions: []', /^q\.yaml: pass_percent /],
    [`${aQuizText()}shuffel: true\n`, /^q\.yaml: .*"shuffel"/],
    [withFirst({ type: 'essay' }), /^q\.yaml: questions\.0\.type /],
    [withFirst({ explanation: ' ' }), /^q\.yaml: questions\.0\.explanation is empty/],
    [withFirst({ explanation: undefined }), /^q\.yaml: questions\.0\.explanation /],
    [withFirst({ answer: ['a'] }), /^q\.yaml: questions\.0\.answer /],
    [withFirst({ accepted: ['x'] }), /^q\.yaml: questions\.0 .*"accepted"/],
    [withFirst({ id: 'Q 1' }), /^q\.yaml: questions\.0\.id is not lower-case/],
    [withFirst({ objective: 0 }), /^q\.yaml: questions\.0\.objective /],
    [withFirst({ type: 'true_false', options: undefined, answer: 'yes' }), /^q\.yaml: questions\.0\.answer /],
  ])('explains what is wrong with %#', (text, problem) => {
    const { quiz, problems } = read(text);

    expect(quiz).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});

describe('assembleCourse with quizzes', () => {
  const chapterFiles = [1, 2].map((position) => ({ file: `${position}.md`, text: aChapterText({ position }) }));

  it('finds the quiz of a chapter', () => {
    const course = assembleCourse(chapterFiles, { quizFiles: [{ file: 'q.yaml', text: aQuizText() }] });

    expect(course.findQuiz('chapter-1')?.chapter.id).toBe('chapter-1');
    expect(course.findQuiz('chapter-1')?.quiz.questions).toHaveLength(10);
    expect(course.findQuiz('chapter-2')).toBeUndefined();
    expect(course.findQuiz('chapter-9')).toBeUndefined();
  });

  it('throws one error with the mistakes of chapters and quizzes', () => {
    const broken = { file: '2.md', text: aChapterText({ position: 2, frontMatter: { objectives: '[One]' } }) };
    const quizzes = [
      { file: 'unreadable.yaml', text: '[' },
      { file: 'short.yaml', text: aQuizText(aQuiz({ questions: [1, 2, 3, 4].map((n) => aQuestion(n)) })) },
    ];

    expect(problemsOf([chapterFiles[0] ?? broken, broken], { quizFiles: quizzes })).toEqual([
      expect.stringMatching(/^unreadable\.yaml: is not YAML/),
      '2.md: has 1 objectives, not 4 to 6',
      'short.yaml: has 4 questions, not 10',
    ]);
  });

  it('reports no errors for the quiz of an unreadable chapter', () => {
    const quizzes = [{ file: 'q.yaml', text: aQuizText() }];

    expect(problemsOf([{ file: '1.md', text: 'nothing' }], { quizFiles: quizzes })).toEqual([expect.stringMatching(/^1\.md: /)]);
  });
});

function problemsOf(...files: Parameters<typeof assembleCourse>): readonly string[] {
  try {
    assembleCourse(...files);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
