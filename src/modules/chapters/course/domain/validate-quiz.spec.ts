import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { aQuestion, aQuiz } from 'src/modules/chapters/testing/quiz.factory';
import type { Question } from './quiz';
import { findQuizProblems } from './validate-quiz';

const chapters = [aChapter(), aChapter({ position: 2 })];

/** The sample quiz with question `number` changed. */
const withQuestion = (number: number, changes: Partial<Record<string, unknown>>) => {
  const question = { ...aQuestion(number), ...changes } as Question;
  return aQuiz({ questions: aQuiz().questions.with(number - 1, question) });
};
const problemsOf = (quiz = aQuiz()) => findQuizProblems([{ file: 'q.yaml', quiz }], chapters);
const inQuestion = (number: number, problem: string) => [
  `q.yaml: question "${aQuestion(number).id}" ${problem}`,
];

describe('findQuizProblems', () => {
  it('accepts valid quizzes', () => {
    const quizzes = [1, 2].map((position) => ({ file: `${position}.yaml`, quiz: aQuiz({ position }) }));

    expect(findQuizProblems(quizzes, chapters)).toEqual([]);
  });

  it('accepts a course without quizzes', () => {
    expect(findQuizProblems([], chapters)).toEqual([]);
  });

  it.each([
    [1, { section: 'chapter-2-part-1' }, 'rests on section "chapter-2-part-1", which is not in the chapter'],
    [9, { objective: 5 }, 'names objective 5; the chapter has 4'],
    [1, { answer: 'x' }, 'has the answer "x", which is not an option'],
    [2, { answer: ['a', 'x'] }, 'has the answer "x", which is not an option'],
    [2, { answer: [] }, 'has no answer'],
    [2, { answer: ['a', 'a'] }, 'names an option twice in its answer'],
    [4, { answer: ['a', 'b', 'c'] }, 'its answer does not order all options'],
    [1, { options: [{ id: 'b', text: 'Only' }] }, 'has 1 options, not 2 to 8'],
    [5, { accepted: [] }, 'accepts nothing'],
    [5, { accepted: ['?!'] }, 'accepts "?!", which holds no word'],
    [1, { explanation: 'Option b says it.' }, /^names an option by its letter or place/],
    [1, { prompt: 'Why is option (c) wrong?' }, /^names an option by its letter or place/],
  ])('reports for question %d %j', (number, changes, problem) => {
    const expected =
      typeof problem === 'string'
        ? inQuestion(number, problem)
        : [expect.stringMatching(new RegExp(problem.source.replace('^', `"${aQuestion(number).id}" `)))];

    expect(problemsOf(withQuestion(number, changes))).toEqual(expected);
  });

  it('reports a question that answers itself', () => {
    expect(problemsOf(withQuestion(5, { prompt: 'What does rag stand for?' }))).toEqual(
      expect.arrayContaining(inQuestion(5, 'gives its answer "RAG" away in the prompt')),
    );
  });

  it.each([{ prompt: 'Is RAG a cloth?' }, { explanation: 'Retrieval augmented generation does it.' }])(
    'reports a question that answers another one: %j',
    (changes) => {
      const [problem] = problemsOf(withQuestion(3, changes));

      expect(problem).toMatch(/^q.yaml: question "c1-q03" says ".+", the answer to "c1-q05"$/);
    },
  );

  it('reports options that are equal or depend on their position', () => {
    const options = [
      { id: 'a', text: 'Same' },
      { id: 'b', text: 'same' },
      { id: 'b', text: 'None of the above' },
    ];

    expect(problemsOf(withQuestion(1, { options }))).toEqual([
      ...inQuestion(1, 'names an option by its letter or place, which changes with every attempt'),
      ...inQuestion(1, 'uses an option id twice'),
      ...inQuestion(1, 'has two options with the same text'),
    ]);
  });

  it('allows a text about options in general', () => {
    expect(problemsOf(withQuestion(1, { prompt: 'Which option fits, and is it an option at all?' }))).toEqual(
      [],
    );
  });

  it('reports a wrong number of questions and the objectives without a question', () => {
    const quiz = aQuiz({ questions: aQuiz().questions.slice(0, 3) });

    expect(problemsOf(quiz)).toEqual([
      'q.yaml: has 3 questions, not 10',
      'q.yaml: no question covers objective 4, "Four"',
    ]);
  });

  it('reports a quiz for a chapter that does not exist', () => {
    expect(problemsOf(aQuiz({ chapterId: 'chapter-9' }))).toEqual([
      'q.yaml: chapter "chapter-9" does not exist',
    ]);
  });

  it('reports a second quiz for a chapter and ids that are used twice, naming both files', () => {
    const quizzes = [
      { file: 'one.yaml', quiz: aQuiz() },
      { file: 'two.yaml', quiz: aQuiz() },
    ];

    const problems = findQuizProblems(quizzes, chapters);

    expect(problems).toHaveLength(11);
    expect(problems[0]).toBe('two.yaml: quiz of "chapter-1" is already used in one.yaml');
    expect(problems[1]).toBe('two.yaml: question id "c1-q01" is already used in one.yaml');
  });

  it('reports an id that is used twice within one quiz', () => {
    expect(problemsOf(withQuestion(6, { id: 'c1-q01' }))).toEqual([
      'q.yaml: question id "c1-q01" is already used in q.yaml',
    ]);
  });
});
