import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HANDLED_EVENT_TYPES } from '../../src/modules/payments/stripe/event-types';

// Documents become outdated unnoticed. This file checks everything in them that a program can check.

const ROOT = resolve(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const DOCUMENTS = [...globSync('*.md', { cwd: ROOT }), ...globSync('{chatgpt,docs,packages/*,src}/**/*.md', { cwd: ROOT })].sort();
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
const FOLDERS = 'chatgpt|src|test|local|migrations|content|packages|bench|docs';

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);

  it('links to files that exist', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target = '']) => target);

    expect(targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)))).toEqual([]);
  });

  it('names files that exist', () => {
    const named = [...text.matchAll(new RegExp('`((?:' + FOLDERS + ')/[\\w./-]+)`', 'g'))].map(
      ([, path = '']) => path,
    );

    // A document of a package may name the package's own files by their path in it.
    const roots = [ROOT, join(ROOT, dirname(document))];
    const isThere = (path: string) => roots.some((root) => existsSync(join(root, path)));

    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);

    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  });

  it('has no line above 140 characters', () => {
    const long = text.split('\n').filter((line) => line.length > 140 && !/^\s*(\||stripe listen)/.test(line));

    expect(long).toEqual([]);
  });
});

describe('README.md', () => {
  it('describes every npm script', () => {
    const [, table = ''] = /## Scripts\n([\s\S]*?)\n## /.exec(read('README.md')) ?? [];

    expect(scripts.filter((script) => !new RegExp(`[ \`]${script}\``).test(table))).toEqual([]);
  });

  it('subscribes to exactly the events that are handled', () => {
    const [, events = ''] = /stripe listen .*--events ([\w.,]+)/.exec(read('README.md')) ?? [];

    expect(events.split(',').sort()).toEqual([...HANDLED_EVENT_TYPES].sort());
  });

  it('names the API version that the code uses', () => {
    const [, version = '?'] = /STRIPE_API_VERSION = '([^']+)'/.exec(
      read('src/modules/payments/stripe/stripe-client.ts'),
    ) ?? [];

    expect(read('README.md')).toContain(`\`${version}\``);
  });
});

describe('ARCHITECTURE.md', () => {
  const text = read('ARCHITECTURE.md');
  const list = (cell: string) => (cell.match(/\w+/g) ?? []).sort();

  it('says the same about imports between modules as the checked rules', () => {
    const [, allowedByRules = ''] = /const ALLOWED = \{\n(.*?)\n\};/s.exec(read('.dependency-cruiser.cjs')) ?? [];
    const rules = [...allowedByRules.matchAll(/^  (\w+): \[(.*)\],$/gm)].map(
      ([, module = '', allowed = '']) => [module, list(allowed)] as const,
    );
    const [, table = ''] = /\| module \| may import \|\n(.*?)\n\n/s.exec(text) ?? [];
    const documented = [...table.matchAll(/^ *\| ([a-z, ]+) \| (.+) \|$/gm)].flatMap(([, modules = '', allowed = '']) =>
      list(modules).map((module) => [module, allowed === 'no other module' ? [] : list(allowed)] as const),
    );

    expect(rules.length).toBeGreaterThan(5);
    expect(new Map(documented)).toEqual(new Map(rules));
  });

  it('names every table under the module that owns it', () => {
    const entities = globSync('src/**/persistence/*.entity.ts', { cwd: ROOT }).map((path) => ({
      module: /^src\/(?:modules\/)?([^/]+)/.exec(path)?.[1] ?? '',
      table: /(?:@Entity\(|tableName: )'(\w+)'/.exec(read(path))?.[1] ?? path,
    }));
    const [, section = ''] = /## Who owns which table\n(.*?)\n## /s.exec(text) ?? [];
    const missing = entities.filter(
      ({ module, table }) => !new RegExp(`^\\| ${module} \\|.*\`${table}\``, 'm').test(section),
    );

    expect(entities.length).toBeGreaterThan(10);
    expect(missing).toEqual([]);
  });
});

describe('docs/adr', () => {
  const records = globSync('docs/adr/*.md', { cwd: ROOT }).sort();

  it('numbers its records without a gap, and each record states its number', () => {
    const numbers = records.map((path) => Number(path.slice('docs/adr/'.length, 'docs/adr/'.length + 4)));

    expect(numbers).toEqual(records.map((_, index) => index + 1));
    expect(records.map((path) => Number(/^# (\d+)\. /.exec(read(path))?.[1]))).toEqual(numbers);
  });

  it.each(records)('%s starts with its title and its status', (path) => {
    expect(read(path)).toMatch(
      /^# \d+\. .+\n\nStatus: (proposed|accepted|superseded by \d{4}), \d{4}-\d\d-\d\d\n\n## Context\n/,
    );
  });

  it.each(records)('%s lists its options as bullets', (path) => {
    const [, options = ''] = /\n## Options\n\n(.*?)\n## /s.exec(read(path)) ?? [];

    expect(options.match(/^- /gm)?.length).toBeGreaterThan(1);
    expect(options).not.toMatch(/^\d+\. /m);
  });

  it.each(records)('%s has context, options, decision and consequences', (path) => {
    expect(read(path).match(/^## .+$/gm)).toEqual([
      '## Context',
      '## Options',
      '## Decision',
      '## Consequences',
    ]);
  });
});
