import { readFileSync } from 'node:fs';
import { ACTIONS_FILE } from '../../src/modules/chatgpt';
import { ACTIONS } from '../../src/modules/chatgpt/domain/actions';
import { lintActions, type RULES } from './actions-lint';

interface Media {
  schema: Record<string, unknown>;
  example?: unknown;
}

interface Operation {
  operationId?: string;
  summary: string;
  description: string;
  'x-openai-isConsequential'?: boolean;
  security: Record<string, string[]>[];
  parameters: { name: string; in: string; description: string; schema: unknown }[];
  responses: Record<string, { description: string; content: Record<string, Media> }>;
}

interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
}

const committed = () => JSON.parse(readFileSync(ACTIONS_FILE, 'utf8')) as Document;
const lint = (document: Document) => lintActions(document as unknown as Record<string, unknown>);
const operationsOf = ({ paths }: Document) => Object.values(paths).flatMap((one) => Object.values(one));

const operation = (document: Document, id = 'searchChapters'): Operation => {
  const found = operationsOf(document).find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
};
const answer = (document: Document, id?: string): Media => {
  const media = operation(document, id).responses['200']?.content['application/json'];
  if (media === undefined) throw new Error('no answer');
  return media;
};
/** Gives the schema of an answer another member; the example, which does not have it, stays right. */
const addMember = (member: unknown) => (document: Document) => {
  (answer(document).schema['properties'] as Record<string, unknown>)['planted'] = member;
};

describe(ACTIONS_FILE, () => {
  it('breaks no rule', () => {
    expect(lint(committed())).toEqual([]);
  });

  it('contains the operations of the allow-list in order, and asks before those that cost money', () => {
    const operations = operationsOf(committed());
    const asking = operations.filter((one) => one['x-openai-isConsequential'] === true);

    expect(operations.map(({ operationId }) => operationId)).toEqual(Object.keys(ACTIONS));
    expect(asking.map(({ operationId }) => operationId)).toEqual([
      'createCheckoutSession',
      'cancelSubscription',
      'resumeSubscription',
      'changePlan',
      'openBillingPortal',
      'requestRefund',
    ]);
  });

  it('asks before every operation that can change a subscription', () => {
    const ofWrites = operationsOf(committed()).filter(({ security }) =>
      JSON.stringify(security).includes('subscription:write'),
    );

    expect(ofWrites.length).toBeGreaterThan(2);
    expect(ofWrites.filter((one) => one['x-openai-isConsequential'] !== true)).toEqual([]);
  });

  it('contains no accounts, operators, webhooks and pages', () => {
    const paths = Object.keys(committed().paths);

    expect(
      paths.filter((path) => !/^\/api\/v1\/(?!operator|auth\/(?!me$)|payments\/webhook)/.test(path)),
    ).toEqual([]);
  });

  it('states facts, not when to call', () => {
    const told = operationsOf(committed()).flatMap(({ operationId, summary, description }) => [
      [operationId, summary],
      [operationId, description],
    ]);

    expect(
      told.filter(([, text]) =>
        /\b(call (it|this)|use (it|this)|when(ever)? the student (asks|says|wants)|always|never|prefer|must)\b/i.test(
          text ?? '',
        ),
      ),
    ).toEqual([]);
  });

  it('has no answers to questions of the real quizzes in its examples', () => {
    const text = readFileSync(ACTIONS_FILE, 'utf8');

    expect(text).toContain('Question 1 of chapter 1?');
    expect(text).not.toContain('town hall');
  });
});

/** One change per rule that breaks it. */
const PLANTED: Record<keyof typeof RULES, (document: Document) => void> = {
  'is OpenAPI 3.1.0 or 3.1.1': (document) => (document.openapi = '3.0.3'),
  'has one absolute lower-case https server without a port': ({ servers }) => servers.push({ url: '/api' }),
  'has one to thirty operations': ({ paths }) => {
    for (let n = 1; n <= 30; n += 1) paths[`/planted/${n}`] = { get: operation(committed()) };
  },
  'is small enough to be read in one answer': (document) =>
    (answer(document).example = { query: 'x'.repeat(1e5) }),
  'names every operation once, as a tool can be named': (document) =>
    (operation(document).operationId = 'getChapter'),
  'describes every operation in less than 300 characters': (document) =>
    (operation(document).description = 'x'.repeat(300)),
  'describes every parameter in at most 700 characters': (document) => {
    for (const parameter of operation(document).parameters) parameter.description = 'x'.repeat(701);
  },
  'has parameters in path and query only': (document) =>
    operation(document).parameters.push({
      name: 'idempotency-key',
      in: 'header',
      description: 'x',
      schema: {},
    }),
  'says of every operation whether it is consequential': (document) =>
    delete operation(document)['x-openai-isConsequential'],
  'answers with JSON and never with a redirect': (document) =>
    (operation(document).responses['302'] = { description: 'x', content: { 'text/html': { schema: {} } } }),
  'needs scopes of one OAuth scheme on its own domain': (document) =>
    (operation(document).security = [{ oauth: ['everything'] }]),
  'has no list of types': addMember({ type: ['string', 'integer'] }),
  'knows no null': addMember({ anyOf: [{ type: 'string' }, { type: 'null' }] }),
  'has no $ref beside oneOf or anyOf': addMember({
    $ref: '#/components/schemas/Problem',
    anyOf: [{ type: 'string' }],
  }),
  'has no empty items': addMember({ type: 'array', items: {} }),
  'names the properties of every object': addMember({
    type: 'object',
    additionalProperties: { type: 'string' },
  }),
  'resolves every $ref without a circle': ({ components }) =>
    (components.schemas['Problem'] = {
      type: 'object',
      properties: { cause: { $ref: '#/components/schemas/Problem' } },
    }),
  'shows an example of every body and answer that its schema takes': (document) =>
    (answer(document).example = { query: 1 }),
};

describe('the linter of Actions documents', () => {
  it.each(Object.entries(PLANTED))('notices a document that no longer %s', (rule, plant) => {
    const document = committed();

    plant(document);

    expect(lint(document).map((problem) => problem.split(': ')[0])).toContain(rule);
  });

  it.each([
    [{ type: ['string', 'null'] }, 'has no list of types'],
    [{ type: 'string', nullable: true }, 'knows no null'],
    [{ enum: ['a', null] }, 'knows no null'],
    [{ type: 'array' }, 'has no empty items'],
    [{ type: 'object', properties: {} }, 'names the properties of every object'],
    [{ $ref: '#/components/schemas/Gone' }, 'resolves every $ref without a circle'],
    [{ type: 'array', items: { type: 'object' } }, 'names the properties of every object'],
  ])('notices %j', (member, rule) => {
    const document = committed();

    addMember(member)(document);

    expect(lint(document).map((problem) => problem.split(': ')[0])).toContain(rule);
  });

  it.each([
    'http://companion.example.com',
    'https://companion.example.com:8443',
    'https://Companion.example.com',
    'https://companion.example.com/',
    '/api',
  ])('refuses the server %s', (url) => {
    const document = committed();

    document.servers = [{ url }];

    expect(lint(document).join('\n')).toContain('has one absolute lower-case https server without a port');
  });
});
