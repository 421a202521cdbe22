import { z } from 'zod';

/** The most UTF-16 units that one character of a composed text can have when it arrives decomposed. */
const UNITS_PER_CHARACTER = 4;

/**
 * Text of at most `characters` after normalisation. A longer text fails before any later step runs: normalisation takes
 * quadratic time for some texts, and zod runs the steps after a plain `.max()` although it failed.
 */
export const boundedText = (characters: number) =>
  z.string().max(characters * UNITS_PER_CHARACTER, {
    abort: true,
    error: `must have at most ${characters} characters`,
  });
