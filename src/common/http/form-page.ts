import { escapeHtml, htmlDocument, type PageLink } from './page';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: 'email' | 'password' | 'text';
  /** The hint for password managers (HTML standard, "autofill"). */
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  /** Why the submitted value is wrong. */
  readonly error?: string | undefined;
}

export interface Form {
  /** Path that receives the form. */
  readonly action: string;
  readonly submit: string;
  readonly fields?: readonly FormField[];
  readonly hidden?: Readonly<Record<string, string>>;
  /** Default `primary`; `quiet` for a secondary action, `danger` for one that cannot be undone. */
  readonly tone?: 'primary' | 'quiet' | 'danger';
}

export interface FormPageOptions {
  readonly title: string;
  readonly text: string;
  /** Why the last attempt failed, when no single field is the reason. */
  readonly error?: string | undefined;
  /** Confirms a completed action. */
  readonly notice?: string | undefined;
  /** HTML between the text and the forms, already escaped. */
  readonly details?: string | undefined;
  readonly forms: readonly Form[];
  readonly links?: readonly PageLink[];
}

/** A page with one or more forms and no scripts. Every inserted value except `details` is escaped. */
export function formPage(options: FormPageOptions): string {
  const { title, text, error, notice, details = '', forms, links = [] } = options;
  const body = `<main class="form"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>
${message('error', 'alert', error)}${message('notice', 'status', notice)}${details}
${forms.map(formMarkup).join('\n')}${linkList(links)}
<footer>Course Companion</footer></main>`;
  const failed = error !== undefined || forms.some(({ fields = [] }) => fields.some((one) => one.error));
  return htmlDocument({ title: `${failed ? 'Error: ' : ''}${title} · Course Companion`, body });
}

const message = (kind: string, role: string, text: string | undefined): string =>
  text === undefined ? '' : `<div class="${kind}" role="${role}">${escapeHtml(text)}</div>`;

/** One form, for pages that arrange several forms themselves. */
export function formMarkup({ action, submit, fields = [], hidden = {}, tone = 'primary' }: Form): string {
  const kept = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(action)}">${kept.join('')}${fields.map(fieldMarkup).join('')}
<button class="${tone}">${escapeHtml(submit)}</button></form>`;
}

function fieldMarkup({ name, label, type, autocomplete, value, hint, error }: FormField): string {
  const notes = [
    hint === undefined ? undefined : { id: `${name}-hint`, kind: 'hint', text: hint },
    error === undefined ? undefined : { id: `${name}-error`, kind: 'field-error', text: error },
  ].filter((note) => note !== undefined);
  const describedBy = notes.length === 0 ? '' : ` aria-describedby="${notes.map(({ id }) => id).join(' ')}"`;
  const filled = value === undefined ? '' : ` value="${escapeHtml(value)}"`;
  return `<label for="${name}">${escapeHtml(label)}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required${filled}${describedBy}${
    error === undefined ? '' : ' aria-invalid="true"'
  }>${notes.map(({ id, kind, text }) => `<small id="${id}" class="${kind}">${escapeHtml(text)}</small>`).join('')}`;
}

const linkList = (links: readonly PageLink[]): string =>
  links.length === 0
    ? ''
    : `<ul class="links">${links
        .map(({ href, label }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(label)}</a></li>`)
        .join('')}</ul>`;
