import { decideRefresh, RETRY_WINDOW_MS, type RefreshFacts } from './decide-refresh';

const NOW = new Date('2026-01-10T12:00:00.000Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);

const facts = (changes: Partial<RefreshFacts> = {}): RefreshFacts => ({
  now: NOW,
  tokenExpiresAt: ago(-1000),
  rotatedAt: null,
  successorUsed: false,
  sessionExpiresAt: ago(-1000),
  sessionRevokedAt: null,
  ...changes,
});

describe('decideRefresh', () => {
  it('rotates a token that has never been used', () => {
    expect(decideRefresh(facts())).toBe('rotate');
  });

  it.each([0, 1, RETRY_WINDOW_MS])('repeats the answer %i ms after the rotation', (ms) => {
    expect(decideRefresh(facts({ rotatedAt: ago(ms) }))).toBe('repeat');
  });

  it('repeats the answer when the rotation committed after this request took its time', () => {
    expect(decideRefresh(facts({ rotatedAt: ago(-5) }))).toBe('repeat');
  });

  it('detects reuse one millisecond after the window', () => {
    expect(decideRefresh(facts({ rotatedAt: ago(RETRY_WINDOW_MS + 1) }))).toBe('reused');
  });

  it('detects reuse within the window once the successor has been used', () => {
    expect(decideRefresh(facts({ rotatedAt: ago(1), successorUsed: true }))).toBe('reused');
  });

  it('still calls a reused token reused when its session has ended already', () => {
    const reused = facts({ rotatedAt: ago(RETRY_WINDOW_MS + 1), sessionRevokedAt: ago(1) });

    expect(decideRefresh(reused)).toBe('reused');
  });

  it.each([
    ['the sign-in was revoked', { sessionRevokedAt: ago(1) }],
    ['the sign-in has reached its limit', { sessionExpiresAt: NOW }],
    ['the token has expired', { tokenExpiresAt: NOW }],
  ])('refuses when %s, also inside the window', (_, change) => {
    expect(decideRefresh(facts(change))).toBe('ended');
    expect(decideRefresh(facts({ ...change, rotatedAt: ago(1) }))).toBe('ended');
  });
});
