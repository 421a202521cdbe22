import fc from 'fast-check';
import { aQuiz } from 'src/modules/chapters/testing/quiz.factory';
import type { AnswerValue, ListedAnswer } from 'src/modules/chapters/course/domain/quiz';
import { parseAnswerSheet } from './answer-sheet';
import { presentQuiz } from './present';

const presented = presentQuiz(aQuiz(), { userId: 'ada', number: 1 });
const labels = presented[0]?.options.map(({ label }) => label) ?? [];
const [a = '', b = '', c = ''] = labels;
const STALE = 'contains an option id that is not part of this attempt: read the quiz again with getQuiz';

const problemsOf = (given: Record<string, AnswerValue | ListedAnswer>) =>
  parseAnswerSheet(presented, given).problems;

describe('parseAnswerSheet', () => {
  it('accepts a submission with missing answers, or without any', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ 'c1-q01': a, 'c1-q02': [], 'c1-q03': false, 'c1-q05': '' })).toEqual([]);
  });

  it("translates the labels of the attempt into the author's ids", () => {
    const { answers } = parseAnswerSheet(presented, { 'c1-q01': b, 'c1-q02': [c, a] });

    expect(answers.get('c1-q01')).toBe(presented[0]?.options[1]?.id);
    expect(answers.get('c1-q02')).toEqual([presented[1]?.options[2]?.id, presented[1]?.options[0]?.id]);
  });

  it.each([
    ['c1-q01', [a], 'must be the id of one option'],
    ['c1-q01', true, 'must be the id of one option'],
    ['c1-q01', 'b', STALE],
    ['c1-q01', 'a-zzzz', STALE],
    ['c1-q02', a, 'must be a list of option ids'],
    ['c1-q02', false, 'must be a list of option ids'],
    ['c1-q02', [a, a], 'contains an option twice'],
    ['c1-q02', [a, 'b'], STALE],
    ['c1-q03', 'true', 'must be true or false'],
    ['c1-q03', [a], 'must be true or false'],
    ['c1-q04', [a, b, c], 'must contain every option id once, in order'],
    ['c1-q04', [...labels, a], 'contains an option twice'],
    ['c1-q04', [a, b, c, 'd'], STALE],
    ['c1-q05', ['RAG'], 'must be a short text'],
    ['c1-q05', true, 'must be a short text'],
    ['c9-q99', a, 'is not a question of this quiz'],
    ['constructor', a, 'is not a question of this quiz'],
    ['', a, 'is not a question of this quiz'],
  ])('refuses %s with %j', (questionId, value, detail) => {
    expect(problemsOf({ [questionId]: value })).toEqual([{ questionId, detail }]);
  });

  it.each([
    ['c1-q01', [a]],
    ['c1-q02', [a, b]],
    ['c1-q02', [a]],
    ['c1-q03', ['True']],
    ['c1-q03', ['false']],
    ['c1-q04', labels],
    ['c1-q05', ['RAG']],
  ])('accepts a list for %s: %j', (questionId, listed) => {
    const { answers, problems } = parseAnswerSheet(presented, { [questionId]: { listed } });

    expect(problems).toEqual([]);
    expect(answers.has(questionId)).toBe(true);
  });

  it('treats a list like the value itself', () => {
    const listed = {
      'c1-q01': [b],
      'c1-q02': [c, a],
      'c1-q03': ['true'],
      'c1-q04': labels,
      'c1-q05': ['RAG'],
    };
    const plain = { 'c1-q01': b, 'c1-q02': [c, a], 'c1-q03': true, 'c1-q04': labels, 'c1-q05': 'RAG' };
    const wrapped = Object.entries(listed).map(([id, values]) => [id, { listed: values }]);

    expect(parseAnswerSheet(presented, Object.fromEntries(wrapped))).toEqual(
      parseAnswerSheet(presented, plain),
    );
  });

  it.each([
    ['c1-q01', [a, b], 'must be the id of one option'],
    ['c1-q01', [], 'must be the id of one option'],
    ['c1-q03', ['yes'], 'must be true or false'],
    ['c1-q04', [a], 'must contain every option id once, in order'],
    ['c1-q05', ['RAG', 'retrieval'], 'must be a short text'],
  ])('refuses a list for %s that does not fit: %j', (questionId, listed, detail) => {
    expect(problemsOf({ [questionId]: { listed } })).toEqual([{ questionId, detail }]);
  });

  it('lists every mistake of a submission', () => {
    expect(problemsOf({ x: true, 'c1-q03': 'yes', y: '' })).toHaveLength(3);
  });

  it('returns either an answer or a problem for every question', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.array(fc.constantFrom(...labels, 'x')));
    const id = fc.oneof(fc.string(), fc.constantFrom(...presented.map(({ question }) => question.id)));
    fc.assert(
      fc.property(fc.dictionary(id, value), (given) => {
        const { answers, problems } = parseAnswerSheet(presented, given);
        const told = [...answers.keys(), ...problems.map(({ questionId }) => questionId)];
        expect(told.sort()).toEqual(Object.keys(given).sort());
      }),
    );
  });
});
