import { html, type Html, type HtmlValue } from 'src/common/http/html';

export type Tone = 'good' | 'warn' | 'bad' | 'info';

export const badge = (text: string, tone: Tone = 'info'): Html =>
  html`<span class="badge ${tone}">${text}</span>`;

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Times are UTC, as in the API and in the log. */
export const moment = (date: Date): string => `${TIME.format(date)} UTC`;

export const time = (date: Date | null | undefined): Html | undefined =>
  date === null || date === undefined
    ? undefined
    : html`<time datetime="${date.toISOString()}">${moment(date)}</time>`;

/** Minor units as a person reads them: 999 usd is $9.99, 500 jpy is ¥500. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export const words = (code: string): string => code.replaceAll('_', ' ');

export const card = (title: string, body: HtmlValue): Html =>
  html`<section class="card">
    <h2>${title}</h2>
    ${body}
  </section>`;

export const none = (text: string): Html => html`<p class="soft">${text}</p>`;

/** A table that becomes a list of cards on a phone. An empty one says so. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly HtmlValue[])[],
  empty: string,
): Html {
  if (rows.length === 0) return none(empty);
  const head = columns.map((name) => html`<th scope="col">${name}</th>`);
  const body = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((cell, index) => html`<td data-label="${columns[index]}"><span>${cell}</span></td>`)}
      </tr>`,
  );
  return html`<table class="stack">
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table>`;
}

export function facts(pairs: readonly (readonly [name: string, value: HtmlValue])[]): Html {
  const present = pairs.filter(([, value]) => value !== undefined && value !== '');
  return html`<dl>
    ${present.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** Fields that a form passes on. Absent ones are left out. */
export const hidden = (fields: Readonly<Record<string, string | undefined>>): Html[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [html`<input type="hidden" name="${name}" value="${value}" />`],
  );

export interface ActForm {
  readonly action: string;
  /** Name of the act, which opens the form. */
  readonly name: string;
  readonly submit: string;
  /** What the act does, in a sentence. */
  readonly text: string;
  readonly fields?: HtmlValue;
  readonly danger?: boolean;
  /** The operator must tick this sentence; the server checks it as well. */
  readonly confirm?: string | undefined;
  readonly open?: boolean;
}

/** An act with its reason, closed until an operator opens it. */
export function actForm({
  action,
  name,
  submit,
  text,
  fields,
  danger = false,
  confirm,
  open = false,
}: ActForm): Html {
  const box =
    confirm === undefined
      ? undefined
      : html`<label><input type="checkbox" name="confirm" value="yes" required />${confirm}</label>`;
  const form = html`<form method="post" action="${action}">
    <p class="soft">${text}</p>
    ${fields}
    <label
      >Reason, for the audit log<input
        name="reason"
        required
        minlength="3"
        maxlength="500"
        autocomplete="off" /></label
    >${box} <button class="${danger ? 'danger' : 'primary'}">${submit}</button>
  </form>`;
  return open
    ? html`<details class="act" open>
        <summary>${name}</summary>
        ${form}
      </details>`
    : html`<details class="act">
        <summary>${name}</summary>
        ${form}
      </details>`;
}
