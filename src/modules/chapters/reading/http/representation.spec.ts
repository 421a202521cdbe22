import { represent, SharedJsonCache } from './representation';

describe('SharedJsonCache', () => {
  it('renders an object once', () => {
    let renders = 0;
    const cache = new SharedJsonCache((key: { n: number }) => {
      renders += 1;
      return { value: key.n };
    });
    const key = { n: 1 };

    expect(cache.get(key)).toBe(cache.get(key));
    expect(renders).toBe(1);
  });
});

describe('represent', () => {
  const shared = (text: string) => new SharedJsonCache((key: { text: string }) => key).get({ text });

  it('joins the shared and the personal part to one JSON object', () => {
    const { body } = represent(shared('a "quoted"\nline'), { done: true, list: [1] });

    expect(JSON.parse(body.toString())).toEqual({ text: 'a "quoted"\nline', done: true, list: [1] });
  });

  it('makes one answer for readers with the same personal part, and keeps a bounded number', () => {
    const chapter = shared('a');
    const first = represent(chapter, { done: 0 });

    expect(represent(chapter, { done: 0 })).toBe(first);
    for (let done = 1; done <= 60; done++) represent(chapter, { done });
    expect(chapter.answers.size).toBe(50);
    expect(represent(chapter, { done: 0 })).toEqual(first);
  });

  it('returns equal tags for equal answers', () => {
    expect(represent(shared('a'), { done: true }).etag).toBe(represent(shared('a'), { done: true }).etag);
  });

  it('changes the tag with the text and with what is personal', () => {
    const tags = [
      represent(shared('a'), { done: true }).etag,
      represent(shared('a'), { done: false }).etag,
      represent(shared('b'), { done: true }).etag,
    ];

    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]{22}"$/);
  });
});
