import { escapeHtml } from 'src/common/http/page';

/** The content of an email, before it is rendered. */
export interface EmailTemplate {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Facts as a table, below the paragraphs. */
  readonly details?: readonly EmailDetail[] | undefined;
  /** The one thing to do, between the paragraphs and the rest. */
  readonly button?: { readonly label: string; readonly url: string } | undefined;
  readonly afterwards?: readonly string[];
  /** Small print below a line. */
  readonly footer: readonly string[];
}

export interface EmailDetail {
  readonly label: string;
  readonly value: string;
}

export interface EmailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** As plain text and as simple HTML: no images, nothing fetched from elsewhere, no link but the button's. */
export function composeEmail({
  subject,
  paragraphs,
  details = [],
  button,
  afterwards = [],
  footer,
}: EmailTemplate): EmailContent {
  const table =
    details.length === 0 ? [] : [details.map(({ label, value }) => `${label}: ${value}`).join('\n')];
  const link = button === undefined ? [] : [`${button.label}:\n${button.url}`];
  const text = `${[...paragraphs, ...table, ...link, ...afterwards].join('\n\n')}\n\n-- \n${footer.join('\n')}\n`;
  return { subject, text, html: html({ subject, paragraphs, details, button, afterwards, footer }) };
}

const FONT = 'font:16px/1.55 system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const BUTTON =
  'display:inline-block;padding:13px 22px;border-radius:10px;background:#1c2430;color:#ffffff;font-weight:600;text-decoration:none';

// Mail programs know no style sheets worth the name, so every element carries its own.
function html({
  subject,
  paragraphs,
  details,
  button,
  afterwards,
  footer,
}: Required<Omit<EmailTemplate, 'button'>> & Pick<EmailTemplate, 'button'>): string {
  const paragraph = (text: string) => `<p style="margin:0 0 18px">${escapeHtml(text)}</p>`;
  const link =
    button === undefined
      ? ''
      : `<p style="margin:0 0 18px"><a href="${escapeHtml(button.url)}" style="${BUTTON}">${escapeHtml(button.label)}</a></p>
<p style="margin:0 0 18px;font-size:14px;color:#566272">If the button does not work, open this link:<br><span style="overflow-wrap:anywhere">${escapeHtml(button.url)}</span></p>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px 16px;background:#ffffff;color:#1c2430;${FONT}">
<div style="max-width:520px">
${paragraphs.map(paragraph).join('\n')}
${table(details)}${link}${afterwards.map(paragraph).join('\n')}
<p style="margin:28px 0 0;padding-top:16px;border-top:1px solid #dfe4ea;font-size:14px;color:#566272">${footer.map(escapeHtml).join('<br>')}</p>
</div></body></html>
`;
}

const CELL = 'padding:8px 0;border-bottom:1px solid #dfe4ea;vertical-align:top';

function table(details: readonly EmailDetail[]): string {
  if (details.length === 0) return '';
  const rows = details.map(
    ({ label, value }) =>
      `<tr><th scope="row" style="${CELL};padding-right:16px;text-align:left;font-weight:400;color:#566272">${escapeHtml(label)}</th><td style="${CELL};text-align:right;font-weight:600;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
  );
  return `<table style="width:100%;margin:0 0 22px;border-collapse:collapse">${rows.join('')}</table>\n`;
}
