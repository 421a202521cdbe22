import { html } from 'src/common/http/html';
import type { AuditEntry } from 'src/modules/operators/persistence/audit-log.repository';
import type { User } from 'src/modules/users';
import { opsPage } from './ops-frame';
import { actForm, card, table, time, words } from './ops-parts';

export function peoplePage(operators: readonly User[], entries: readonly AuditEntry[]): string {
  const names = new Map(operators.map(({ id, email }) => [id, email]));
  const rows = entries.map((entry) => auditRow(entry, names.get(entry.operatorId) ?? entry.operatorId));
  return opsPage({
    title: 'Operators',
    section: '/ops/operators',
    body: html`<h1>Operators</h1>
      <p class="lead">Who may see and repair, and what they did.</p>
      <div class="cols">
        <div>
          ${card('Operators', table(['Operator', 'Since', 'Acts'], operators.map(personRow), 'There is none.'))}
          ${card('Audit log', table(['When', 'Operator', 'Act', 'Target', 'Reason'], rows, 'Nothing was done yet.'))}
        </div>
        <div>${card('New operator', createForm)}</div>
      </div>`,
  });
}

/** The only page that shows the password. */
export const passwordPage = (whose: string, password: string | undefined): string =>
  opsPage({
    title: 'Password',
    section: '/ops/operators',
    body: html`<h1>Password of ${whose}</h1>
      ${
        password === undefined
          ? html`<p>The account existed and keeps its password. It is an operator now.</p>`
          : html`<p class="lead">This page is the only one that shows it. Hand it over in person.</p>
              <pre tabindex="0">${password}</pre>`
      }
      <p><a href="/ops/operators">Back to the operators</a></p>`,
  });

const createForm = actForm({
  action: '/ops/operators',
  name: 'Create an operator',
  submit: 'Create',
  text: 'A new account gets a random password. An account with a verified address keeps its own.',
  fields: html`<label>Email address<input name="email" type="email" required autocomplete="off" /></label
    ><label>Name<input name="full_name" required maxlength="200" autocomplete="off" /></label>`,
  open: true,
});

const personRow = ({ id, email, fullName, createdAt }: User) => [
  html`${email}<br /><span class="soft">${fullName}</span>`,
  time(createdAt),
  html`${actForm({
    action: `/ops/operators/${id}/reset-password`,
    name: 'Reset password',
    submit: 'Reset',
    text: 'Ends every session of this operator.',
    confirm: 'Give a new random password.',
  })}${actForm({
    action: `/ops/operators/${id}/disable`,
    name: 'Disable',
    submit: 'Disable',
    text: 'Takes the role and ends every session.',
    confirm: 'Take the role from this operator.',
    danger: true,
  })}`,
];

const auditRow = (entry: AuditEntry, operator: string) => [
  time(entry.createdAt),
  operator,
  words(entry.action),
  entry.userId === null
    ? `${words(entry.targetKind)} ${entry.targetId}`
    : html`<a href="/ops/customers/${entry.userId}">${words(entry.targetKind)}</a>`,
  entry.reason,
];
