import { formMarkup } from 'src/common/http/form-page';
import { escapeHtml, htmlDocument } from 'src/common/http/page';
import type { UserSession } from 'src/modules/auth';
import type { AccountHome } from 'src/modules/me/account-home.service';
import type { Connection } from 'src/modules/oauth';
import { billingSections } from './account-billing.view';
import { learningSection } from './account-learning.view';

const NOTICES = {
  disconnected: 'The application is disconnected. It no longer has access to your account.',
  ended: 'That session was signed out.',
  'ended-others': 'You are signed out everywhere else.',
  renamed: 'Your name was changed.',
  canceled: 'The subscription is canceled. It does not renew.',
  resumed: 'The subscription renews again.',
  'plan-changed': 'Your plan has changed.',
  'plan-scheduled': 'Your plan changes when the paid time is over. Nothing was charged.',
  'plan-kept': 'You keep your plan.',
  'refund-requested': 'We received your refund request. You get the answer by email.',
  'mail-sent': 'We sent the email. Its link works for 24 hours.',
  'mail-too-soon': 'We just sent that email. Check your spam folder before you ask again.',
} as const;
export type AccountNotice = keyof typeof NOTICES;
export const ACCOUNT_NOTICES = Object.keys(NOTICES) as AccountNotice[];

export interface AccountPage extends AccountHome {
  /** The sign-in that looks at the page. */
  readonly currentId: string;
  readonly done?: AccountNotice | undefined;
}

export function accountPage(account: AccountPage): string {
  const { user, connections, sessions, currentId, done } = account;
  const notice = done === undefined ? '' : `<div class="notice" role="status">${NOTICES[done]}</div>`;
  const others = sessions.filter(({ id }) => id !== currentId).length + connections.length;
  const body = `<main class="form wide"><h1>Your account</h1>${notice}
<dl><dt>Name</dt><dd>${escapeHtml(user.fullName)}</dd><dt>Email address</dt><dd>${escapeHtml(user.email)}</dd></dl>
${user.emailVerifiedAt === null ? UNCONFIRMED : ''}
<ul class="links"><li><a href="/account/name">Change name</a></li><li><a href="/account/password">Change password</a></li>
<li><a href="/account/email">Change email address</a></li></ul>
${billingSections(account.billing, account.plans)}
${learningSection(account.progress)}
<h2>Connected applications</h2>
${connections.length === 0 ? '<p>None. Connect your course from inside ChatGPT.</p>' : rows(connections.map(connection))}
<h2>Where you are signed in</h2>
${rows(sessions.map((session) => sessionRow(session, currentId)))}
${others === 0 ? '' : formMarkup({ action: '/account/sign-ins/end-others', submit: 'Sign out everywhere else', tone: 'danger' })}
<h2>Your data</h2>
<ul class="links"><li><a href="/account/data">Download your data</a></li></ul>
<h2>Sign out</h2>
${formMarkup({ action: '/sign-out', submit: 'Sign out', tone: 'quiet' })}
<footer>Course Companion · <a href="/privacy">Privacy</a> · <a href="/terms">Terms</a></footer></main>`;
  return htmlDocument({ title: 'Your account · Course Companion', body });
}

const UNCONFIRMED = `<div class="notice open">This address is not verified yet. Open the link in the email that we sent to it.
${formMarkup({ action: '/account/email/resend', submit: 'Resend the email', tone: 'quiet' })}</div>`;

const rows = (items: readonly string[]): string => `<ul class="rows">${items.join('')}</ul>`;

function connection({ clientId, name, connectedAt, lastUsedAt }: Connection): string {
  return row({
    title: name,
    text: `Connected ${day(connectedAt)}, last used ${day(lastUsedAt)}`,
    form: formMarkup({
      action: `/account/connections/${encodeURIComponent(clientId)}/disconnect`,
      submit: `Disconnect ${name}`,
      tone: 'danger',
    }),
  });
}

function sessionRow({ id, kind, device, createdAt }: UserSession, currentId: string): string {
  const title = kind === 'browser' ? (device ?? 'A browser') : 'An API client';
  const since = `Since ${moment(createdAt)}`;
  if (id === currentId) return row({ title, text: `${since} · this browser`, form: '' });
  const form = formMarkup({ action: `/account/sign-ins/${id}/end`, submit: 'Sign out there', tone: 'quiet' });
  return row({ title, text: since, form });
}

const row = ({ title, text, form }: { title: string; text: string; form: string }): string =>
  `<li><div><strong>${escapeHtml(title)}</strong><small>${escapeHtml(text)}</small></div>${form}</li>`;

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
const day = (date: Date): string => DAY.format(date);
const moment = (date: Date): string => `${TIME.format(date)} UTC`;
