import { openSync, type Font } from 'fontkit';
import { FONTS, INK, TEXT_WIDTH, WIDTH } from './certificate-sheet';

const NAME = { font: 'italic', largest: 50, smallest: 12, bottom: 272, height: 80 } as const;

/** On one line if it fits in a good size, otherwise on several lines. The position of the last line is fixed. */
export function drawName(document: PDFKit.PDFDocument, name: string): void {
  const { font, largest, smallest, bottom, height } = NAME;
  const options = { width: TEXT_WIDTH, align: 'center' } as const;
  const heightAt = (size: number) => document.font(font).fontSize(size).heightOfString(name, options);
  let size: number = largest;
  while (size > smallest && heightAt(size) > height) size -= 1;
  const top = bottom - Math.min(heightAt(size), height);
  document.fillColor(INK).text(name, (WIDTH - TEXT_WIDTH) / 2, top, { ...options, height, ellipsis: true });
}

let nameFont: Font | undefined;

/** Whether the font has every character. A missing character would be printed as a box. */
export function canWrite(name: string): boolean {
  const font = (nameFont ??= openNameFont());
  return [...name].every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
}

function openNameFont(): Font {
  const opened = openSync(FONTS[NAME.font]);
  if ('fonts' in opened) throw new Error('the font file is a collection');
  return opened;
}
