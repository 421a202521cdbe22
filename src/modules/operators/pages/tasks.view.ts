import { html } from 'src/common/http/html';
import type { OperatorTask } from 'src/modules/payments';
import { opsPage } from './ops-frame';
import { actForm, badge, card, table, time, words } from './ops-parts';

export function tasksPage(tasks: readonly OperatorTask[]): string {
  return opsPage({
    title: 'Tasks',
    section: '/ops',
    body: html`<h1>Tasks</h1>
      <p class="lead">What only a person can settle, the oldest first.</p>
      ${card('Open', table(['Task', 'About', 'Details', 'Since', 'Resolve'], tasks.map(row), 'Nothing is open.'))}`,
  });
}

const row = ({ id, kind, fact, userId, customerId, details, openedAt }: OperatorTask) => [
  badge(words(kind), 'warn'),
  userId === null
    ? html`<a href="/ops/search?q=${customerId ?? fact}">${customerId ?? fact}</a>`
    : html`<a href="/ops/customers/${userId}">the customer</a>`,
  html`${fact}<br /><span class="soft"
      >${Object.entries(details)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => `${words(name)}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
        .join(', ')}</span
    >`,
  time(openedAt),
  actForm({
    action: `/ops/tasks/${id}/resolve`,
    name: 'Resolve',
    submit: 'Resolve',
    text: 'Closes the task for good.',
  }),
];
