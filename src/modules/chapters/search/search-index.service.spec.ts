import { Logger } from '@nestjs/common';
import type { CourseService } from 'src/modules/chapters/course/course.service';
import { Course } from 'src/modules/chapters/course/domain/course';
import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import type { SearchableCourse, SearchIndexRepository } from './persistence/search-index.repository';
import { SearchIndexService } from './search-index.service';
import { SearchUnavailableError } from './search.errors';

class FakeIndex {
  readonly saved: string[] = [];
  isBroken = false;

  touchVersion(version: string): Promise<boolean> {
    if (this.isBroken) return Promise.reject(new Error('no database'));
    return Promise.resolve(this.saved.includes(version));
  }

  saveCourse({ version }: SearchableCourse): Promise<void> {
    this.saved.push(version);
    return Promise.resolve();
  }
}

describe('SearchIndexService', () => {
  const course = new Course([aChapter()]);
  let index: FakeIndex;
  let service: SearchIndexService;

  beforeAll(() => Logger.overrideLogger(false));
  beforeEach(() => {
    index = new FakeIndex();
    service = new SearchIndexService(
      { course } as unknown as CourseService,
      index as unknown as SearchIndexRepository,
    );
  });

  const versionOf = async (one: Course) => (await service.getIndex(one)).version;

  it('indexes at the start, once for all searches', async () => {
    await service.onApplicationBootstrap();
    const versions = await Promise.all([versionOf(course), versionOf(course)]);

    expect(index.saved).toEqual([versions[0]]);
    expect(versions[0]).toBe(versions[1]);
  });

  it('does not index what another process has indexed', async () => {
    const version = await versionOf(course);
    service.forgetVersion(course);

    expect(await versionOf(course)).toBe(version);
    expect(index.saved).toHaveLength(1);
  });

  it('changes the version only when the text changes', async () => {
    const version = await versionOf(course);
    const changed = await versionOf(new Course([aChapter({ version: 'other' })]));
    const terms = [{ term: 'A', aliases: [], definition: 'B', section: 'chapter-1-part-1' }];
    const explained = await versionOf(new Course([aChapter()], [], terms));

    expect(new Set([version, changed, explained]).size).toBe(3);
    expect(await versionOf(new Course([aChapter()]))).toBe(version);
  });

  it('contains every word of the course', async () => {
    const { words } = await service.getIndex(course);

    expect(['secret', 'sentence', 'introduction', 'sample'].filter((word) => !words.has(word))).toEqual([]);
    expect(words.has('xylophone')).toBe(false);
  });

  it('starts without an index, refuses searches, and recovers', async () => {
    index.isBroken = true;
    await service.onApplicationBootstrap();
    await expect(service.getIndex(course)).rejects.toBeInstanceOf(SearchUnavailableError);

    index.isBroken = false;
    const version = await versionOf(course);
    expect(index.saved).toEqual([version]);
  });
});
