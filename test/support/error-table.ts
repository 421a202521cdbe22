import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface ErrorRow {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
  readonly action: string;
  /** Extension members that docs/errors.md promises for this code: what stands in backticks after "Carries". */
  readonly members: readonly string[];
}

const ROOT = resolve(__dirname, '..', '..');
const ROW = /^\| `(\w+)` \| (\d{3}) \| (.+) \| (.+) \|$/gm;

/** The table of docs/errors.md, row by row. */
export function readErrorTable(): ErrorRow[] {
  const text = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8');
  return [...text.matchAll(ROW)].map(([, code = '', status, meaning = '', action = '']) => ({
    code,
    status: Number(status),
    meaning,
    action,
    members: membersOf(meaning),
  }));
}

function membersOf(meaning: string): string[] {
  const [, promise = ''] = /\bCarries (.*?)(?:[.;]\s|[.;]?$)/.exec(meaning) ?? [];
  return [...promise.matchAll(/`([^`]+)`/g)].flatMap(([, names = '']) => names.split(/,\s*/));
}
