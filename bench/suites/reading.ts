import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { Client } from 'pg';
import { createTestDatabase } from '../../test/support/database';
import { send } from '../../test/support/http';
import type { Student } from '../../test/support/student';
import type { Bench, Figure, SuiteResult } from '../bench';
import type { PlainRequests } from '../generator/plan';
import { Ours } from '../ours';
import { Peer } from '../peers/peer';
import { perSecond, Rounds, type Contender } from '../rounds';

const STUDENTS = 16;
const BARE = 'bare Nest: the same 20 kB';
const GUARD = 'usual guard: passport-jwt, one lookup';
const CHAPTER = 'ours: premium chapter';
const NOT_MODIFIED = 'ours: premium chapter, 304';
const LIST = 'ours: list of chapters';
const QUIZ = 'ours: quiz';
const SEARCH = 'ours: search';

const CHAPTER_PATH = '/api/v1/chapters/chapter-4';

/** What a student reads, beside a bare answer of the same bytes and the usual guard. */
export async function measureReading(bench: Bench): Promise<SuiteResult> {
  const ours = await Ours.start({ workers: 1 });
  const database = await createTestDatabase({ migrated: false });
  const peers: Peer[] = [];
  try {
    const students = await ours.enrol(STUDENTS);
    const chapter = (await send('GET', ours.stack.apiUrl + CHAPTER_PATH, { token: students[0]?.token })).text;
    const options = { databaseUrl: database.url, redisUrl: '', webhookSecret: '', chapter };
    const publicKey = await publicKeyOf(ours.stack.apiUrl);
    for (const name of ['bare', 'usual-guard'] as const)
      peers.push(await Peer.start({ name, ...options, publicKey }));
    await insertUsers(database.url, students);
    const rounds = await new Rounds(bench).run(await toContenders({ ours, students, peers }));
    return { name: 'reading', measured: rounds.summaries(), figures: toFigures(rounds) };
  } finally {
    for (const peer of peers) peer.stop();
    await ours.stop();
    await database.drop();
  }
}

async function toContenders(world: {
  readonly ours: Ours;
  readonly students: readonly Student[];
  readonly peers: readonly Peer[];
}): Promise<Contender[]> {
  const { ours, students, peers } = world;
  const [bare, guard] = peers.map(({ port }) => port);
  const reading = (path: string, headers: object = {}): PlainRequests => ({
    kind: 'plain',
    requests: students.map(({ token }) => ({
      path,
      headers: { authorization: `Bearer ${token}`, ...headers },
    })),
  });
  const etag = await etagOf(ours.stack.apiUrl, students);
  return [
    { name: BARE, port: bare ?? 0, requests: reading('/chapter') },
    { name: GUARD, port: guard ?? 0, requests: reading('/chapter') },
    { name: CHAPTER, port: ours.port, requests: reading(CHAPTER_PATH) },
    { name: NOT_MODIFIED, port: ours.port, requests: reading(CHAPTER_PATH, { 'if-none-match': etag }) },
    { name: LIST, port: ours.port, requests: reading('/api/v1/chapters') },
    { name: QUIZ, port: ours.port, requests: reading('/api/v1/quizzes/chapter-4') },
    { name: SEARCH, port: ours.port, requests: reading('/api/v1/chapters/search?q=prompt') },
  ];
}

/** Students who have read nothing get the same bytes and therefore the same tag. */
async function etagOf(apiUrl: string, [student]: readonly Student[]): Promise<string> {
  const { headers } = await send('GET', apiUrl + CHAPTER_PATH, { token: student?.token });
  const etag = headers.get('etag');
  if (etag === null) throw new Error('the chapter has no ETag');
  return etag;
}

async function publicKeyOf(apiUrl: string): Promise<string> {
  const { body } = await send('GET', `${apiUrl}/.well-known/jwks.json`);
  const [key] = body['keys'] as JsonWebKey[];
  return createPublicKey({ key: key ?? {}, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

async function insertUsers(databaseUrl: string, students: readonly Student[]): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('INSERT INTO bench_users (id, premium) SELECT unnest($1::uuid[]), true', [
    students.map(({ id }) => id),
  ]);
  await client.end();
}

function toFigures(rounds: Rounds): Figure[] {
  const figure = (name: string, of: [string, string], { goal, gate }: { goal: number; gate: number }) => ({
    name,
    values: rounds.ratios(...of, perSecond),
    better: 'higher' as const,
    goal,
    gate,
  });
  return [
    figure('premium chapter / bare', [CHAPTER, BARE], { goal: 0.25, gate: 0.03 }),
    figure('premium chapter / usual guard', [CHAPTER, GUARD], { goal: 3, gate: 0.25 }),
    figure('304 / bare', [NOT_MODIFIED, BARE], { goal: 0.3, gate: 0.04 }),
    figure('list of chapters / bare', [LIST, BARE], { goal: 0.25, gate: 0.06 }),
    figure('quiz / bare', [QUIZ, BARE], { goal: 0.2, gate: 0.03 }),
    figure('search / bare', [SEARCH, BARE], { goal: 0.15, gate: 0.02 }),
  ];
}
