import { escapeHtml, htmlDocument } from 'src/common/http/page';
import type { EmailContent } from 'src/mail/email-template';
import type { SentEmail } from 'src/mail/sent-emails';

/** The list of sent emails and of templates. `sent` undefined: a mail server delivers them. */
export function mailboxPage({
  sent,
  templates,
}: {
  readonly sent: readonly SentEmail[] | undefined;
  readonly templates: ReadonlyMap<string, EmailContent>;
}): string {
  const body = `<main class="form wide"><h1>Emails of this installation</h1>
<p>This page exists outside production only.</p>
<h2>Sent</h2>${sentList(sent)}
<h2>Templates</h2><ul class="rows">${[...templates]
    .map(([name, { subject }]) => row({ path: `/dev/mail/templates/${name}`, title: subject, text: name }))
    .join('')}</ul>
<footer>Course Companion</footer></main>`;
  return htmlDocument({ title: 'Emails · Course Companion', body });
}

function sentList(sent: readonly SentEmail[] | undefined): string {
  if (sent === undefined) return '<p>SMTP_URL is set, so a mail server delivers emails.</p>';
  if (sent.length === 0) return '<p>No email was sent yet. Create an account, for example.</p>';
  const rows = sent.map(({ id, subject, to, date }) =>
    row({ path: `/dev/mail/sent/${id}`, title: subject, text: `To ${to}, ${date}` }),
  );
  return `<ul class="rows">${rows.join('')}</ul>`;
}

const row = ({ path, title, text }: { path: string; title: string; text: string }): string =>
  `<li><div><a href="${escapeHtml(path)}"><strong>${escapeHtml(title)}</strong></a><small>${escapeHtml(text)}</small></div></li>`;

/** One email as text with working links, and the link to its HTML. */
export function emailPage({
  subject,
  text,
  to,
  htmlPath,
}: Pick<EmailContent, 'subject' | 'text'> & { readonly to?: string; readonly htmlPath: string }): string {
  const recipient = to === undefined ? '' : `<p>To ${escapeHtml(to)}</p>`;
  const body = `<main class="site"><h1>${escapeHtml(subject)}</h1>${recipient}
<ul><li><a href="${escapeHtml(htmlPath)}">Show as HTML</a></li><li><a href="/dev/mail">All emails</a></li></ul>
<h2>As text</h2><pre tabindex="0" role="region" aria-label="Text">${withLinks(text)}</pre></main>`;
  return htmlDocument({ title: `${subject} · Emails`, body });
}

const withLinks = (text: string): string =>
  escapeHtml(text).replaceAll(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
