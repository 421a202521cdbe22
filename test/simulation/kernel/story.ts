import { createHash } from 'node:crypto';

export interface StoryLine {
  readonly atMs: number;
  readonly who: string;
  readonly text: string;
}

const IDLE_POLL = /^sql UPDATE .* WHERE id IN.* -> 0 rows$|^sql UPDATE outbox SET attempts.* -> 0 rows$/;

/** What happened in one schedule, in order. Two runs of one seed tell exactly the same story. */
export class Story {
  readonly lines: StoryLine[] = [];

  constructor(private readonly startMs: number) {}

  tell(atMs: number, who: string, text: string): void {
    this.lines.push({ atMs, who, text });
  }

  /** Everything, or without the polls that found nothing: they are most of it. */
  toText(which: 'all' | 'without idle polls' = 'all'): string {
    return this.lines
      .filter(({ text }) => which === 'all' || !IDLE_POLL.test(text))
      .map(
        ({ atMs, who, text }) =>
          `${((atMs - this.startMs) / 1000).toFixed(4).padStart(10)} s  ${who.padEnd(10)} ${text}`,
      )
      .join('\n');
  }

  hash(): string {
    return createHash('sha256').update(this.toText()).digest('hex').slice(0, 16);
  }
}
