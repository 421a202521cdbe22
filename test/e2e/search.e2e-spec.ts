import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { withClient } from '../../local/postgres';
import type { Chapter } from '../../src/modules/chapters';
import { CourseService } from '../../src/modules/chapters/course/course.service';
import { testConfig } from '../support/config';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { createHttpApp } from '../support/watched-app';

// Nobody answers on port 1, so these tests need neither Stripe nor Redis.
const UNREACHABLE = { STRIPE_API_BASE: 'http://127.0.0.1:1' };

interface Named {
  readonly id: string;
  readonly title: string;
}

interface SearchBody {
  readonly query: string;
  readonly hits: readonly {
    chapter: Named;
    section: Named;
    tags: string[];
    snippet: string;
    score: number;
  }[];
  readonly locked_matches: number;
  readonly locked_chapters: readonly Named[];
  readonly suggestion?: string;
  readonly searched_for?: string;
  readonly glossary: readonly { term: string; definition: string }[];
}

interface Student {
  readonly id: string;
  readonly token: string;
}

describe('search and glossary', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let chapters: readonly Chapter[];
  let free: Student;
  let premium: Student;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await start();
    chapters = app.get(CourseService).course.chapters;
    free = await register('free@example.test');
    premium = await register('premium@example.test');
    await sql(
      `INSERT INTO grants (user_id, reason, starts_at, ends_at, granted_by)
       VALUES ($1, 'test', now() - interval '10 days', NULL, $1)`,
      [premium.id],
    );
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const start = () => createHttpApp(testConfig({ databaseUrl: database.url, env: UNREACHABLE }));
  const sql = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    withClient(
      database.url,
      async (client) => (await client.query<Record<string, unknown>>(text, values)).rows,
    );

  async function register(email: string): Promise<Student> {
    const payload = { email, password: 'correct horse battery', full_name: 'Ada Student' };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/auth/register', payload });
    const { access_token: token, user } = answer.json<{ access_token: string; user: { id: string } }>();
    return { id: user.id, token };
  }

  const call = (path: string, token?: string, from = app) =>
    from.inject({
      method: 'GET',
      url: `/api/v1${path}`,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  const request = (query: string, { token }: Student, limit = 5) =>
    call(`/chapters/search?q=${encodeURIComponent(query)}&limit=${limit}`, token);
  const search = async (query: string, student: Student, limit?: number): Promise<SearchBody> => {
    const answer = await request(query, student, limit);
    expect([query, answer.statusCode]).toEqual([query, 200]);
    return answer.json<SearchBody>();
  };
  const sectionsOf = ({ hits }: SearchBody) => hits.map(({ section }) => section.id);

  it.each([
    ['temperature', 'choosing-the-next-token'],
    ['RAG', 'retrieval-and-tools'],
    ['rag', 'retrieval-and-tools'],
    ['prompt injection', 'prompt-injection-and-security'],
    ['"prompt injection"', 'prompt-injection-and-security'],
    ['AI', 'what-generative-ai-is'],
    ['LLM', 'tokens'],
    ['LLMs', 'tokens'],
    ['what is a token', 'tokens'],
    ['GDPR', 'privacy-and-confidential-data'],
    ['case studies', 'three-case-studies'],
    ['embedding', 'embeddings'],
    ['how do I stop hallucinations?', 'where-generative-ai-fails'],
  ])('finds the right section first: %s', async (query, section) => {
    expect(sectionsOf(await search(query, premium))[0]).toBe(section);
  });

  it('finds other forms of a word', async () => {
    const [first, ...others] = await Promise.all(
      ['prompt', 'prompts', 'prompting', 'PROMPTED'].map(async (query) => {
        const { hits } = await search(query, premium, 20);
        return hits.map(({ section }) => section.id).sort();
      }),
    );

    expect(first?.length).toBeGreaterThan(5);
    for (const other of others) expect(other).toEqual(first);
  });

  it('returns chapter and section, ranks, limits, and marks matches in plain text', async () => {
    const { hits, query } = await search('attention', free, 2);

    expect(query).toBe('attention');
    expect(hits).toHaveLength(2);
    expect(hits[0]).toMatchObject({
      chapter: { id: 'chapter-2', title: 'How Large Language Models Work' },
      section: { id: 'attention-and-transformers', title: 'Attention and the transformer' },
      snippet: expect.stringMatching(/\*\*attention\*\*/i),
      tags: expect.arrayContaining(['tokens']),
    });
    expect(hits[0]?.snippet).not.toMatch(/<b>|\n#|\|/);
    expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? 1);
  });

  it('supports phrases and exclusions', async () => {
    const phrase = sectionsOf(await search('"next token"', free, 20));
    const words = sectionsOf(await search('next token', free, 20));
    const without = sectionsOf(await search('token -softmax', free, 20));

    expect(words).toEqual(expect.arrayContaining(phrase));
    expect(without).not.toContain('choosing-the-next-token');
    expect(without).toContain('tokens');
  });

  it('returns matching definitions, also of terms that a locked section explains', async () => {
    const { glossary } = await search('RAG', free);

    expect(glossary[0]).toEqual({
      term: 'Retrieval-augmented generation',
      definition: expect.stringMatching(/.{40}/),
    });
  });

  it.each([
    ['promt enginering', 'prompt engineering'],
    ['halucination', 'hallucination'],
    ['propmt', 'prompt'],
    ['temprature', 'temperature'],
  ])('suggests for %j %j', async (query, suggestion) => {
    const answer = await search(query, free);
    const corrected = await search(suggestion, free);

    expect(corrected.hits.length).toBeGreaterThan(0);
    expect(answer).toEqual({ ...corrected, query, suggestion, searched_for: suggestion });
  });

  it('does not correct a query with results, or one whose correction has no results', async () => {
    const found = await search('"prompt" propmting OR prompt', free);
    const hopeless = await search('propmt qqqqzzzz', free);

    expect(found).not.toHaveProperty('searched_for');
    expect(found.hits.length).toBeGreaterThan(0);
    expect(hopeless).toMatchObject({ suggestion: 'prompt qqqqzzzz', hits: [] });
    expect(hopeless).not.toHaveProperty('searched_for');
  });

  it.each([
    ['few–shot', 'few-shot'],
    ['few‑shot', 'few-shot'],
    ['fine\u2011tuning', 'fine-tuning'],
    ['context\u00A0window', 'context window'],
    ['“next token”', '"next token"'],
    ['ｔｏｋｅｎ', 'token'],
    ['to\u00ADken', 'token'],
    ['token — model', 'token model'],
    ['\uFEFFtoken\u200B', 'token'],
  ])('answers %j like %j', async (typed, plain) => {
    const [given, expected] = [await search(typed, premium), await search(plain, premium)];

    expect(expected.hits.length).toBeGreaterThan(0);
    expect(given).toEqual({ ...expected, query: typed.trim() });
  });

  it.each(['few–shot prompting', 'Fine\u2011Tuning', 'context\u00A0window', 'ＲＡＧ', 'hallu\u00ADcination'])(
    'defines %j',
    async (term) => {
      const answer = await call(`/glossary?term=${encodeURIComponent(term)}`, free.token);

      expect(answer.json()).toMatchObject({ definition: expect.stringMatching(/.{40}/) });
    },
  );

  it('counts locked chapters by their words, not by the order of the words', async () => {
    const [written, turned] = [
      await search('"lethal trifecta"', free),
      await search('"trifecta lethal"', free),
    ];

    expect([written.locked_matches, turned.locked_matches]).toEqual([1, 1]);
    expect(await search('"trifecta lethal"', premium)).toMatchObject({ hits: [], locked_matches: 0 });
  });

  it('suggests nothing for correctly spelled or unknown words', async () => {
    expect(await search('prompt engineering', free)).not.toHaveProperty('suggestion');
    expect(await search('qqqqzzzz', free)).toEqual({
      query: 'qqqqzzzz',
      hits: [],
      locked_matches: 0,
      locked_chapters: [],
      glossary: [],
    });
  });

  it('counts premium chapters for a free student and shows their sections to a premium student', async () => {
    const locked = await search('lethal trifecta', free);
    const open = await search('lethal trifecta', premium);

    expect(locked).toMatchObject({
      hits: [],
      locked_matches: 1,
      locked_chapters: [{ id: 'chapter-5', title: 'AI Safety and Ethics' }],
    });
    expect(open).toMatchObject({ locked_matches: 0, locked_chapters: [] });
    expect(sectionsOf(open)).toEqual(['prompt-injection-and-security']);
  });

  it('shows a free student no premium text for any query', async () => {
    const premiumChapters = chapters.filter(({ tier }) => tier === 'premium');
    const sentences = premiumChapters.flatMap(sentencesOf);
    const publicWords = new Set(
      chapters.flatMap(({ tier, introduction, title, subtitle, tags, sections }) =>
        wordsOf(
          [introduction, title, subtitle, ...tags, ...sections.map((one) => one.title)].join(' ') +
            (tier === 'free' ? sections.map(({ body }) => body).join(' ') : ''),
        ),
      ),
    );
    for (const { term, aliases, definition } of app.get(CourseService).course.glossary.entries)
      for (const word of wordsOf([term, ...aliases, definition].join(' '))) publicWords.add(word);
    const publicText = JSON.stringify((await call('/glossary', free.token)).json());
    expect(sentences.length).toBeGreaterThan(300);

    const queries = queriesFrom(premiumChapters);
    expect(queries.length).toBeGreaterThan(200);
    let lockedMatches = 0;
    for (const query of queries) {
      const answer = await request(query, free, 20);
      expect([query, answer.statusCode]).toEqual([query, 200]);
      const body = answer.json<SearchBody>();
      lockedMatches += body.locked_matches;
      // Query and suggestion repeat the student's own words; the suggestion may add single public words only.
      const shown = JSON.stringify({ ...body, query: '', suggestion: '', searched_for: '' }).replaceAll(
        '**',
        '',
      );
      const added = wordsOf(body.suggestion ?? '').filter((word) => !wordsOf(query).includes(word));
      expect(added.filter((word) => !publicWords.has(word))).toEqual([]);
      expect(sentences.filter((sentence) => shown.includes(sentence))).toEqual([]);
      expect(body.hits.filter(({ chapter }) => premiumChapters.some(({ id }) => id === chapter.id))).toEqual(
        [],
      );
    }
    expect(lockedMatches).toBeGreaterThan(queries.length / 2);
    expect(sentences.filter((sentence) => publicText.includes(sentence))).toEqual([]);
  }, 120_000);

  it.each([
    ['nothing', ''],
    ['only blanks', '%20%20'],
    ['only marks', '%22%27%26%7C%21'],
    ['more than 200 characters', 'a'.repeat(201)],
    ['10 kB', 'a%20'.repeat(3400)],
    ['a limit of 0', 'token&limit=0'],
    ['a limit of 21', 'token&limit=21'],
    ['a limit that is no number', 'token&limit=x'],
    ['two queries at once', 'token&q=model'],
  ])('refuses %s with 400', async (_, query) => {
    const answer = await call(`/chapters/search?q=${query}`, free.token);

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'invalid_request']);
  });

  it.each([
    'token\u0000model',
    '"unclosed token',
    "token' OR 1=1; --",
    "' & | ! <-> :* ( token",
    'token:*',
    '-token',
    '--token -"next token" or or OR',
    '<b>token</b> **token**',
    'トークン 😀 x',
    'a '.repeat(100),
    '%_\\ token',
    'http://example.test/a/b?c=d token@example.test',
  ])('answers the odd query %j', async (query) => {
    expect((await request(query, free)).statusCode).toBe(200);
  });

  it.each(['%ED%A0%80%20token', '%zz%20token'])('answers the broken encoding %s', async (query) => {
    expect((await call(`/chapters/search?q=${query}`, free.token)).statusCode).toBe(200);
  });

  it.each(['/chapters/search?q=token', '/glossary', '/glossary?term=token'])(
    'requires a token at %s',
    async (path) => {
      expect((await call(path)).statusCode).toBe(401);
    },
  );

  it('answers 503 when access cannot be read: neither free nor locked', async () => {
    const blocker = new Client({ connectionString: database.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN; LOCK TABLE grants IN ACCESS EXCLUSIVE MODE');

      const answer = await request('token', free);

      expect(answer.statusCode).toBe(503);
      expect(answer.headers['retry-after']).toBeDefined();
      expect(answer.body).not.toMatch(/premium|free|hits/);
    } finally {
      await blocker.end();
    }
  });

  it('indexes again when the index is lost at runtime', async () => {
    await sql('DELETE FROM course_search_versions');

    expect((await request('token', free)).statusCode).toBe(503);
    expect((await search('token', free)).hits.length).toBeGreaterThan(0);
  });

  it.each(['RAG', 'rags', 'Retrieval augmented generation', 'retrieval-augmented GENERATIONS'])(
    'defines %s',
    async (term) => {
      const answer = await call(`/glossary?term=${encodeURIComponent(term)}`, free.token);

      expect(answer.json()).toEqual({
        term: 'Retrieval-augmented generation',
        aliases: expect.arrayContaining(['RAG']),
        definition: expect.stringMatching(/.{40}/),
        section: { id: 'retrieval-and-tools', title: 'Grounding with retrieval and tools' },
        chapter: { id: 'chapter-4', title: 'Advanced Prompting Techniques' },
      });
    },
  );

  it('suggests terms for an unknown term', async () => {
    const answer = await call('/glossary?term=halucinaton', free.token);

    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'glossary_term_not_found', suggestions: ['Hallucination'] });
  });

  it.each(['', '%20', 'a'.repeat(201)])('refuses the term %j with 400', async (term) => {
    expect((await call(`/glossary?term=${term}`, free.token)).statusCode).toBe(400);
  });

  it('lists all terms with the section that explains each', async () => {
    const { terms } = (await call('/glossary', free.token)).json<{
      terms: { term: string; section: Named; chapter: Named }[];
    }>();
    const known = new Set(chapters.flatMap(({ sections }) => sections.map(({ id }) => id)));

    expect(terms.length).toBeGreaterThan(40);
    expect(terms.map(({ term }) => term)).toEqual(
      terms.map(({ term }) => term).toSorted((a, b) => a.localeCompare(b, 'en')),
    );
    expect(terms.filter(({ section }) => !known.has(section.id))).toEqual([]);
    expect(Object.keys(terms[0] ?? {})).toEqual(['term', 'section', 'chapter']);
  });

  // Last, because Passport knows one strategy per name: a second application takes it over from the first.
  it('starts without an index when indexing fails, answers 503, and recovers by itself', async () => {
    await sql('ALTER TABLE course_search_versions RENAME TO course_search_away');
    const crippled = await start();
    try {
      const search = () => call('/chapters/search?q=token', free.token, crippled);
      const answer = await search();
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'search_unavailable']);
      expect((await call('/chapters/chapter-1', free.token, crippled)).statusCode).toBe(200);

      await sql('ALTER TABLE course_search_away RENAME TO course_search_versions');
      expect((await search()).statusCode).toBe(200);
    } finally {
      await sql('ALTER TABLE IF EXISTS course_search_away RENAME TO course_search_versions');
      await crippled.close();
    }
  });
});

/** Text long enough to be recognised as the author's, as a snippet would show it. */
function sentencesOf({ sections }: Chapter): string[] {
  return sections
    .flatMap(({ body }) => body.split(/(?<=[.!?:])\s+|\n+/))
    .map((sentence) => JSON.stringify(sentence.replace(/^[\s>*-]+|[*`]|[\s*]+$/g, '')).slice(1, -1))
    .filter((sentence) => sentence.length > 40);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}[\p{L}\p{N}]*/gu) ?? [];
}

/** Titles, long words, pairs of words and quoted phrases, spread over the premium text. */
function queriesFrom(chapters: readonly Chapter[]): string[] {
  return chapters.flatMap(({ title, sections }) => [
    title,
    ...sections.flatMap(({ title: sectionTitle, body }) => {
      const words = body.match(/\p{L}{5,}/gu) ?? [];
      const spread = Array.from({ length: 6 }, (_, n) => Math.floor((n * words.length) / 6));
      const [sentence = ''] = body.split(/[.!?]/);
      return [
        sectionTitle,
        ...spread.flatMap((at) => [words[at] ?? '', `${words[at]} ${words[at + 1]}`]),
        `"${sentence
          .replace(/["*`\n]/g, ' ')
          .trim()
          .slice(0, 150)}"`,
      ];
    }),
  ]);
}
