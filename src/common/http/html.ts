import { escapeHtml } from './page';

/** Markup in which every inserted value is escaped already. Only `html` and `trustedHtml` make it. */
export class Html {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[];

/** A template whose inserted values are escaped, except markup made the same way. `undefined` inserts nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

/** For markup that a library wrote, never for text that anyone can choose. */
export const trustedHtml = (text: string): Html => new Html(text);

function render(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.toString();
  return typeof value === 'object' ? value.map(render).join('') : escapeHtml(String(value));
}
