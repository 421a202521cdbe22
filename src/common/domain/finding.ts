export type Level = 'ok' | 'warning' | 'error';

/** One line of the report. Warnings and errors say how to fix them. */
export interface Finding {
  readonly level: Level;
  readonly check: string;
  readonly text: string;
  readonly fix?: string;
}

/** Collects the findings of one check; without a warning or an error it reports `healthy`. */
export class Findings {
  private readonly found: Finding[] = [];

  constructor(private readonly check: string) {}

  error(text: string, fix: string): void {
    this.found.push({ level: 'error', check: this.check, text, fix });
  }

  warning(text: string, fix: string): void {
    this.found.push({ level: 'warning', check: this.check, text, fix });
  }

  done(healthy: string): Finding[] {
    if (this.found.length > 0) return this.found;
    return [{ level: 'ok', check: this.check, text: healthy }];
  }
}

const MARKS = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;

/** The report as text: one line per finding, and the fix below it. */
export function formatFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ level, check, text, fix }) => [
    `${MARKS[level]}  ${check.padEnd(14)} ${text}`,
    ...(fix === undefined ? [] : [`${' '.repeat(24)} fix: ${fix}`]),
  ]);
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  return [...lines, '', `${count('error')} errors, ${count('warning')} warnings`].join('\n');
}

/** 1 when something is broken. Warnings alone do not fail the command. */
export const exitCodeOf = (findings: readonly Finding[]): number =>
  findings.some(({ level }) => level === 'error') ? 1 : 0;
