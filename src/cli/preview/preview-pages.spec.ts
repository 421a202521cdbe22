import { loadCourse, type Course } from 'src/modules/chapters';
import { chapterPage, glossaryPage, mistakesPage, overviewPage } from './preview-pages';

describe('content preview', () => {
  let course: Course;

  beforeAll(async () => {
    course = await loadCourse('content');
  });

  it('lists every chapter and section', () => {
    const page = overviewPage(course);

    for (const { id, sections } of course.chapters) {
      expect(page).toContain(`href="/${id}"`);
      for (const section of sections) expect(page).toContain(`href="/${id}#${section.id}"`);
    }
  });

  it('renders a chapter with its sections, its quiz and links to its neighbours', () => {
    const page = chapterPage(course, 'chapter-2') ?? '';

    expect(page).toContain('<h1>How Large Language Models Work</h1>');
    expect(page).toContain('id="tokens"');
    expect(page).toContain('href="/chapter-1"');
    expect(page).toContain('href="/chapter-3"');
    expect(page).not.toContain('<script');
  });

  it('returns nothing for an unknown chapter', () => {
    expect(chapterPage(course, 'chapter-99')).toBeUndefined();
  });

  it('shows the glossary with links to where a term is explained', () => {
    const [entry] = course.glossary.entries;

    expect(glossaryPage(course)).toContain(`#${entry?.section}`);
  });

  it('shows mistakes as text, not as markup', () => {
    expect(mistakesPage(['a < b'])).toContain('a &lt; b');
  });
});
