import { globSync, readFileSync } from 'node:fs';

const TEXTS = [...globSync('src/**/*.view.ts'), 'chatgpt/instructions.md'];

/** "Chapters 1 to 3", "chapter 4", "chapter-4", "six chapters". */
const NAMED_CHAPTER =
  /\bchapters?[ -]\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)(?: \w+)? chapters/gi;

describe('pages and instructions', () => {
  it.each(TEXTS)('%s names no chapter by its number, so that another course needs files only', (file) => {
    expect(readFileSync(file, 'utf8').match(NAMED_CHAPTER) ?? []).toEqual([]);
  });
});
