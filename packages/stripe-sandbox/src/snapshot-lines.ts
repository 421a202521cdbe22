import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { Snapshot } from './sandbox';

type Line =
  | ['sandbox', Pick<Snapshot, 'version' | 'offset_seconds'>]
  | ['record', string, Snapshot['records'][string][number]]
  | ['job', Snapshot['jobs'][number]]
  | ['delivery', Snapshot['deliveries'][number]]
  | ['key', Snapshot['idempotency'][number]];

const CHUNK = 1024 * 1024;

function* linesOf(snapshot: Snapshot): Iterable<Line> {
  const { version, offset_seconds, records, jobs, deliveries, idempotency } = snapshot;
  yield ['sandbox', { version, offset_seconds }];
  for (const [name, list] of Object.entries(records)) for (const one of list) yield ['record', name, one];
  for (const job of jobs) yield ['job', job];
  for (const delivery of deliveries) yield ['delivery', delivery];
  for (const key of idempotency) yield ['key', key];
}

/** Writes a state, one thing a line: as one text it could be longer than a text can be. */
export function writeSnapshot(path: string, snapshot: Snapshot): void {
  // The state holds webhook secrets and client secrets.
  const file = openSync(path, 'w', 0o600);
  try {
    let chunk = '';
    for (const line of linesOf(snapshot)) {
      chunk += `${JSON.stringify(line)}\n`;
      if (chunk.length < CHUNK) continue;
      writeSync(file, chunk);
      chunk = '';
    }
    writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}

/** Reads what {@link writeSnapshot} wrote. Throws when it is anything else. */
export function readSnapshot(path: string): Snapshot {
  const snapshot: Snapshot = {
    version: 1,
    offset_seconds: 0,
    records: {},
    jobs: [],
    deliveries: [],
    idempotency: [],
  };
  let isOurs = false;
  for (const text of textLines(path)) {
    const line = JSON.parse(text) as Line | Snapshot;
    // Before there were lines, a state was one object.
    if (!Array.isArray(line)) return asSnapshot(line);
    if (line[0] === 'sandbox') {
      isOurs = line[1].version === snapshot.version;
      snapshot.offset_seconds = line[1].offset_seconds;
    } else if (line[0] === 'record') (snapshot.records[line[1]] ??= []).push(line[2]);
    else if (line[0] === 'job') snapshot.jobs.push(line[1]);
    else if (line[0] === 'delivery') snapshot.deliveries.push(line[1]);
    else snapshot.idempotency.push(line[1]);
  }
  if (!isOurs) throw new Error(`${path} is no snapshot of this version.`);
  return snapshot;
}

/** A state that somebody handed in. Throws when it is anything else. */
export function asSnapshot(value: unknown): Snapshot {
  const { version, records, jobs, deliveries, idempotency } = (value ?? {}) as Partial<Snapshot>;
  const isOurs =
    version === 1 && typeof records === 'object' && [jobs, deliveries, idempotency].every(Array.isArray);
  if (!isOurs) throw new Error('This is no snapshot of this version.');
  return value as Snapshot;
}

function* textLines(path: string): Iterable<string> {
  const file = openSync(path, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const buffer = Buffer.alloc(CHUNK);
    let rest = '';
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const parts = (rest + decoder.write(buffer.subarray(0, read))).split('\n');
      rest = parts.pop() ?? '';
      yield* parts.filter((part) => part !== '');
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}
