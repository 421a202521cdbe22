import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALERT_CLASSES } from '../../src/modules/alerts/domain/alert-classes';

const text = readFileSync(join(resolve(__dirname, '..', '..'), 'docs/runbooks/alerts.md'), 'utf8');
const entries = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((entry): [string, string] => [entry.split('\n', 1)[0] ?? '', entry]),
);

describe('docs/runbooks/alerts.md', () => {
  it('has an entry for each class in order, and no other', () => {
    expect([...entries.keys()]).toEqual([...ALERT_CLASSES]);
  });

  it.each(ALERT_CLASSES)('says what %s means and what to do', (alert) => {
    expect(entries.get(alert)).toMatch(/^What it means: .{20}/m);
    expect(entries.get(alert)).toMatch(/^What to do: .{20}/m);
  });
});
