import { splitSections } from './split-sections';

describe('splitSections', () => {
  it('uses the text before the first heading as introduction', () => {
    const split = splitSections('\nHello.\n\nMore.\n\n## One {#one}\n\nBody.\n');

    expect(split.introduction).toBe('Hello.\n\nMore.');
    expect(split.sections).toEqual([{ id: 'one', title: 'One', body: 'Body.' }]);
  });

  it('keeps deeper headings in the body', () => {
    const [section] = splitSections('## One {#one}\n\nText.\n\n### Solution\n\nAnswer.').sections;

    expect(section?.body).toBe('Text.\n\n### Solution\n\nAnswer.');
  });

  it.each(['```', '~~~~', '```python'])(
    'does not treat a heading inside a %s fence as a section',
    (fence) => {
      const close = fence.replace('python', '');
      const split = splitSections(
        `## One {#one}\n\n${fence}\n## not a section\n# nor a title\n${close}\n\nEnd.`,
      );

      expect(split.sections).toHaveLength(1);
      expect(split.sections[0]?.body).toContain('## not a section');
      expect(split).toMatchObject({ openFence: false, hasTopHeading: false });
    },
  );

  it('closes a fence only with a fence of the same kind and at least the same length', () => {
    const split = splitSections('````\n```\n~~~~\n## inside\n````\n## Two {#two}\n\nx');

    expect(split.sections.map(({ id }) => id)).toEqual(['two']);
  });

  it('reports an unclosed fence', () => {
    expect(splitSections('## One {#one}\n\n```\ncode').openFence).toBe(true);
  });

  it('leaves the id undefined where it is missing', () => {
    expect(splitSections('## One\n\nx').sections[0]).toEqual({ id: undefined, title: 'One', body: 'x' });
  });

  it('reads files with Windows line ends', () => {
    const split = splitSections('Intro.\r\n\r\n## One {#one}\r\n\r\nBody.\r\n');

    expect(split.introduction).toBe('Intro.');
    expect(split.sections).toEqual([{ id: 'one', title: 'One', body: 'Body.' }]);
  });
});
