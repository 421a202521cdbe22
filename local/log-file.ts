import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LogFile {
  readonly path: string;
  write(text: string): void;
  /** The last lines of this run, for the message about a part that exited. */
  tail(): string[];
}

const MAX_BYTES = 5_000_000;
const TAIL_LINES = 12;
const TAIL_CHARACTERS = 8000;

/** Appends to `path`; beyond `maxBytes` the file is renamed to `path.1` (replacing the older one). */
export function openLogFile(path: string, maxBytes = MAX_BYTES): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  let size = sizeOf(path);
  let recent = '';
  return {
    path,
    write(text) {
      recent = (recent + text).slice(-TAIL_CHARACTERS);
      if (size > 0 && size + Buffer.byteLength(text) > maxBytes) {
        renameSync(path, `${path}.1`);
        size = 0;
      }
      appendFileSync(path, text, { mode: 0o600 });
      size += Buffer.byteLength(text);
    },
    tail: () => recent.trimEnd().split('\n').slice(-TAIL_LINES),
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
