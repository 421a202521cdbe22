import { readFileSync } from 'node:fs';
import type { Chapter, Course } from '../../src/modules/chapters';

/** Kept complete by test/e2e/route-table.e2e-spec.ts. */
const ROUTE_TABLE = 'test/e2e/route-table.txt';

export interface RouteCall {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly payload?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The premium chapter whose content is asked for; undefined where an operation asks for something else. */
  readonly chapter: Chapter | undefined;
}

interface Route {
  readonly method: RouteCall['method'];
  readonly pattern: string;
}

/** Every way to ask every operation of the application for something premium, content and search by content apart. */
export function callsToEverything(course: Course): RouteCall[] {
  return listRoutes().flatMap((route) =>
    pathsOf(route, course).flatMap((path) => variantsOf(route, path, course)),
  );
}

/** Searches for titles, words, pairs and phrases of the premium text, quoted ones among them. */
export function searchesForPremium(course: Course): RouteCall[] {
  const queries = premiumOf(course).flatMap(({ sections }) =>
    sections.flatMap(({ title, body }) => {
      const words = body.match(/\p{L}{5,}/gu) ?? [];
      const sentences = body.split(/[.?!]\s/).map(toPhrase);
      const spread = [0.2, 0.5, 0.8];
      return [
        title,
        ...spread.map((at) =>
          words
            .slice(Math.floor(words.length * at))
            .slice(0, 2)
            .join(' '),
        ),
        ...spread.map((at) => `"${sentences[Math.floor(sentences.length * at)] ?? ''}"`),
      ];
    }),
  );
  return queries
    .filter((query) => /\p{L}/u.test(query))
    .map((query) => ({
      method: 'GET',
      path: `/api/v1/chapters/search?limit=20&q=${encodeURIComponent(query)}`,
      chapter: undefined,
    }));
}

/** Whole words only: the end of a word cut in two would be corrected to the whole one, which proves nothing. */
function toPhrase(sentence: string): string {
  return (sentence.match(/[\p{L}\p{N}'’-]+/gu) ?? []).slice(0, 20).join(' ');
}

function listRoutes(): Route[] {
  const lines = readFileSync(ROUTE_TABLE, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [method = '', pattern = ''] = line.split(' ');
    return { method: method as RouteCall['method'], pattern };
  });
}

const premiumOf = ({ chapters }: Course) => chapters.filter(({ tier }) => tier === 'premium');

function pathsOf({ pattern }: Route, course: Course): { path: string; chapter: Chapter | undefined }[] {
  const [free] = course.chapters;
  const fill = (chapterId: string, sectionId: string) =>
    pattern.replace(':chapterId', chapterId).replace(':sectionId', sectionId).replaceAll(/:\w+/g, 'x');
  if (!/:(chapterId|sectionId)/.test(pattern)) return [{ path: fill('', ''), chapter: undefined }];
  return premiumOf(course).flatMap((chapter) => {
    if (!pattern.includes(':sectionId')) return [{ path: fill(chapter.id, ''), chapter }];
    return chapter.sections.flatMap(({ id }) => [
      { path: fill(chapter.id, id), chapter },
      // Through the route of a free chapter, which has no such section.
      ...(pattern.includes(':chapterId') ? [{ path: fill(free?.id ?? '', id), chapter: undefined }] : []),
    ]);
  });
}

function variantsOf(
  { method }: Route,
  place: { path: string; chapter: Chapter | undefined },
  course: Course,
): RouteCall[] {
  if (method === 'GET')
    return [
      { method, ...place },
      { method, ...place, headers: { 'if-none-match': '*', accept: 'text/html' } },
      { ...place, method: 'HEAD' },
      { ...place, method: 'DELETE', chapter: undefined },
    ];
  const questions = (place.chapter && course.findQuiz(place.chapter.id)?.quiz.questions) ?? [];
  const answers = Object.fromEntries(questions.map(({ id }) => [id, true]));
  return [
    { method, ...place, payload: {} },
    { method, ...place, payload: { answers } },
    {
      method,
      ...place,
      payload: '{"broken',
      headers: { 'content-type': 'application/json' },
      chapter: undefined,
    },
  ];
}
