import { readCourseFile } from './course-file';

const read = (text: string) => readCourseFile({ file: 'course.yaml', text });

describe('readCourseFile', () => {
  it('reads the title', () => {
    expect(read('title: " A course "')).toEqual({ title: 'A course', problems: [] });
  });

  it.each([
    ['no YAML', 'title: [', 'is not YAML'],
    ['an empty title', 'title: ""', 'title is empty'],
    ['an unknown key', 'title: A\ntitel: B', 'titel'],
    ['no title', '{}', 'title'],
  ])('names the file when it finds %s', (_, text, problem) => {
    const { title, problems } = read(text);

    expect(title).toBeUndefined();
    expect(problems.join('\n')).toMatch(new RegExp(`course\\.yaml: .*${problem}`));
  });
});
