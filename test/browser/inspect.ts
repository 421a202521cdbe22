import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

interface Rgb {
  readonly r: number;
  readonly g: number;
  readonly b: number;
}

interface TextColours {
  readonly text: string;
  readonly colour: string;
  readonly ground: string;
  readonly isLarge: boolean;
}

function parseRgb(css: string): Rgb {
  const [r = 0, g = 0, b = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return { r, g, b };
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance({ r, g, b }: Rgb): number {
  const linear = (value: number) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(parseRgb(one)), luminance(parseRgb(other))].toSorted(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

const IN_PAGE = readFileSync(join(__dirname, 'in-page.js'), 'utf8');
type Question = 'readColours' | 'readStructure' | 'readFocus';

const ask = <T>(page: Page, question: Question): Promise<T> =>
  page.evaluate<T>(`(() => { ${IN_PAGE}\nreturn ${question}(); })()`);

/** What keeps somebody from reading or using this page (the common part of WCAG 2.2 AA); empty when nothing does. */
export async function findPageProblems(page: Page): Promise<string[]> {
  const faint = (await ask<TextColours[]>(page, 'readColours')).flatMap(
    ({ text, colour, ground, isLarge }) => {
      const ratio = contrast(colour, ground);
      return ratio >= (isLarge ? 3 : 4.5)
        ? []
        : [`contrast ${ratio.toFixed(2)}: "${text}" ${colour} on ${ground}`];
    },
  );
  return [...(await ask<string[]>(page, 'readStructure')), ...faint];
}

export interface TabStop {
  readonly name: string;
  readonly hasVisibleFocus: boolean;
}

/** Presses Tab from the top of the page; stops after `limit` or when the focus leaves the page. */
export async function listTabStops(page: Page, limit = 20): Promise<TabStop[]> {
  await page.evaluate('document.activeElement?.blur()');
  const stops: TabStop[] = [];
  for (let count = 0; count < limit; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await ask<TabStop | undefined>(page, 'readFocus');
    if (stop === undefined) break;
    stops.push(stop);
  }
  return stops;
}
