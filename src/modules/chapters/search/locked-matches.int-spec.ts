import fc from 'fast-check';
import type { CourseService } from 'src/modules/chapters/course/course.service';
import { Course } from 'src/modules/chapters/course/domain/course';
import { aChapter, aSection } from 'src/modules/chapters/testing/chapter.factory';
import { anAccess, FakeEntitlements } from 'src/modules/chapters/testing/payments.fake';
import { useTestDatabase } from '../../../../test/support/use-test-database';
import { SearchIndexRepository } from './persistence/search-index.repository';
import { SearchRepository } from './persistence/search.repository';
import { SearchIndexService } from './search-index.service';
import { SearchService } from './search.service';

const SENTENCE = ['copper', 'lantern', 'meadow', 'harbor', 'violin', 'walnut'];
const PREMIUM = [
  [SENTENCE.join(' '), 'glacier saddle. Copper violin and a second copper violin.'],
  ['saddle lantern', 'orchard harbor harbor'],
] as const;
const WORDS = [...SENTENCE, 'glacier', 'saddle', 'orchard', 'pebble', 'unheard'];

const premiumChapter = (texts: readonly string[], index: number) =>
  aChapter({
    position: index + 2,
    tier: 'premium',
    sections: texts.map((body, at) =>
      aSection({ id: `chapter-${index + 2}-part-${at + 1}`, title: 'Untitled', position: at + 1, body }),
    ),
  });

describe('what a search reveals about locked text', () => {
  const testDatabase = useTestDatabase();
  let search: SearchService;

  beforeAll(() => {
    const free = aChapter({
      sections: [aSection({ body: 'A pebble rolls. Then a pebble and a lantern.' })],
    });
    const content = {
      course: new Course([free, ...PREMIUM.map(premiumChapter)]),
    } as unknown as CourseService;
    search = new SearchService(
      content,
      new FakeEntitlements(anAccess()).asService(),
      new SearchIndexService(content, new SearchIndexRepository(testDatabase.database)),
      new SearchRepository(testDatabase.database),
    );
  });
  const lockedBy = async (query: string) => {
    const { lockedMatches, lockedChapters } = await search.search('u', { query, limit: 5 });
    return { count: lockedMatches, chapters: lockedChapters.map(({ id }) => id) };
  };

  /** The attack of a reader who knows the words and wants their order. */
  it.each(['', ' zq', ' pebble', ' -pebble'])(
    'reveals no neighbours of a word when "%s" follows the phrase',
    async (tail) => {
      const recovered: string[] = [];
      for (const a of SENTENCE) {
        for (const b of SENTENCE.filter((word) => word !== a)) {
          const [there, back] = [await lockedBy(`"${a} ${b}"${tail}`), await lockedBy(`"${b} ${a}"${tail}`)];
          if (there.count > back.count) recovered.push(`${a} ${b}`);
        }
      }

      expect(recovered).toEqual([]);
    },
  );

  it('counts chapters, so that neither sections nor occurrences can be told apart', async () => {
    expect(await lockedBy('harbor')).toEqual({ count: 2, chapters: ['chapter-2', 'chapter-3'] });
    expect(await lockedBy('copper')).toEqual({ count: 1, chapters: ['chapter-2'] });
    // The words are in different sections of one chapter.
    expect(await lockedBy('glacier meadow')).toEqual({ count: 1, chapters: ['chapter-2'] });
  });

  const words = fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 });
  /** The same words in another order, quoted, with operators between them or with an exclusion behind them. */
  const decorated = words.chain((chosen) =>
    fc
      .record({
        order: fc.shuffledSubarray(chosen, { minLength: chosen.length }),
        form: fc.constantFrom<(all: string[]) => string>(
          (all) => all.join(' '),
          (all) => `"${all.join(' ')}"`,
          (all) => all.map((word) => `"${word}"`).join(' '),
          (all) => `"${all.slice(0, 2).join(' ')}" ${all.slice(2).join(' ')}`,
          (all) => all.join(' OR '),
          (all) => `${all.join(' ')} -zq`,
          (all) => `${all.join(' ')} -"${all.toReversed().join(' ')}"`,
          (all) => `${all.join('-')}`,
          (all) => `${all.join(' and ')}, ${all[0]}`,
        ),
      })
      .map(({ order, form }) => ({ plain: chosen.join(' '), chosen, query: form(order) })),
  );

  it('depends only on which single words occur, in every combination', async () => {
    const single = new Map<string, readonly string[]>();
    for (const word of WORDS) single.set(word, (await lockedBy(word)).chapters);
    const common = (chosen: readonly string[]) =>
      ['chapter-2', 'chapter-3'].filter((id) => chosen.every((word) => single.get(word)?.includes(id)));

    await fc.assert(
      fc.asyncProperty(decorated, async ({ chosen, query }) => {
        const { count, chapters } = await lockedBy(query);

        const occurring = chosen.filter((word) => single.get(word)?.length !== 0);
        const allowed = [common(chosen), occurring.length === 0 ? [] : common(occurring)];
        expect(allowed).toContainEqual(chapters);
        expect(count).toBe(chapters.length);
      }),
      { numRuns: 300 },
    );
  });

  it('returns the same for the same words in every order and form when free text has none of them', async () => {
    const hidden = decorated.filter(
      ({ chosen }) => !chosen.includes('pebble') && !chosen.includes('lantern'),
    );
    await fc.assert(
      fc.asyncProperty(hidden, async ({ plain, query }) => {
        expect(await lockedBy(query)).toEqual(await lockedBy(plain));
      }),
      { numRuns: 200 },
    );
  });

  it('ranks readable sections without regard to locked ones', async () => {
    const { hits } = await search.search('u', { query: 'lantern zq', limit: 5 });

    expect(hits.map(({ section }) => section.id)).toEqual(['how-it-works']);
  });
});
