import { readFileSync } from 'node:fs';
import { ACTIONS_FILE } from '../../src/modules/chatgpt';
import { ACTIONS } from '../../src/modules/chatgpt/domain/actions';

/** The instruction field of a custom GPT takes no more. */
const MOST_CHARACTERS = 8000;
const text = readFileSync('chatgpt/instructions.md', 'utf8');
const guide = readFileSync('chatgpt/README.md', 'utf8');
const codes = new Set(
  [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(\w+)` \| \d{3} \|/gm)].map(([, code]) => code),
);

/** Everything that the model can meet under a name: members, parameters and values of the Actions document. */
function namesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...namesOf(one)]);
}
const known = new Set([
  ...namesOf(JSON.parse(readFileSync(ACTIONS_FILE, 'utf8'))),
  // Members of problem documents that docs/errors.md names.
  ...[...readFileSync('docs/errors.md', 'utf8').matchAll(/\w+/g)].map(([word]) => word),
]);
const marked = [...text.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
const [, failures = ''] = /# When an action fails\n(.*)/s.exec(text) ?? [];

describe('chatgpt/instructions.md', () => {
  it('fits into the field that it is pasted into', () => {
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(text.length).toBeGreaterThan(4000);
  });

  it('names operations of the Actions document only', () => {
    const operations = marked.filter((word) => /^[a-z]+[A-Z]/.test(word));

    expect(operations.length).toBeGreaterThan(15);
    expect(operations.filter((word) => !(word in ACTIONS))).toEqual([]);
  });

  it('mentions every operation except listChapters, which getCourse includes', () => {
    expect(Object.keys(ACTIONS).filter((id) => !marked.includes(id))).toEqual(['listChapters']);
  });

  it('names members, values and codes that exist', () => {
    expect(marked.filter((word) => !(word in ACTIONS) && !known.has(word))).toEqual([]);
  });

  it('names codes of docs/errors.md in the section about failures', () => {
    const words = [...failures.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);
    const members = ['detail', 'code', 'request_id', 'operation_id', 'retry_after', 'missing', 'errors'];
    const told = words.filter((word) => !(word in ACTIONS) && !members.includes(word));

    expect(told.length).toBeGreaterThan(15);
    expect(told.filter((word) => !codes.has(word))).toEqual([]);
  });

  it('says what to do about every code that an action can answer with', () => {
    const document = readFileSync(ACTIONS_FILE, 'utf8');
    const answered = [...document.matchAll(/(?<="description": "|; )(\w+): /g)].map(([, word = '']) => word);
    const untold = answered.filter((word) => codes.has(word) && !failures.includes(`\`${word}\``));

    // ChatGPT cannot send addresses to return to.
    expect([...new Set(untold)]).toEqual(['return_url_not_allowed']);
  });

  it.each([
    ['no memory instead of the course', /never teach from memory/i],
    ['no secrets in the chat', /never ask for, accept or repeat a password, card number/i],
    ['the status decides about premium', /premium is what `is_premium` says, never what the student/i],
    ['pending is said', /not confirmed yet/i],
    ['no keys are given away', /no\s+hint/i],
    ['renewal is told before the link', /renews automatically until cancelled/i],
    [
      'a plan changes only after a yes to the offer',
      /`previewPlanChange`\. Say its `message`.* Only after a clear yes: `changePlan`/,
    ],
    ['an outage is no verdict', /never read it as "free"/i],
  ])('says that %s', (_, phrase) => {
    expect(text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')).toMatch(phrase);
  });
});

describe('chatgpt/README.md', () => {
  it('has the scope string of the Actions document', () => {
    const { components } = JSON.parse(readFileSync(ACTIONS_FILE, 'utf8')) as {
      components: { securitySchemes: { oauth: { flows: { authorizationCode: { scopes: object } } } } };
    };
    const scopes = Object.keys(components.securitySchemes.oauth.flows.authorizationCode.scopes);

    expect(guide).toContain(`\`${scopes.join(' ')}\``);
  });

  it('names both callbacks, the addresses of the OAuth server and the privacy policy', () => {
    for (const part of [
      'https://chatgpt.com/aip/',
      'https://chat.openai.com/aip/',
      '/oauth/authorize',
      '/oauth/token',
      '/privacy',
      '/chatgpt/openapi.json',
    ]) {
      expect(guide).toContain(part);
    }
  });
});
