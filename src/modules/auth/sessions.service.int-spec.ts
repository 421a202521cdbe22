import { randomUUID } from 'node:crypto';
import { useTestDatabase } from '../../../test/support/use-test-database';
import { RefreshTokensRepository } from './persistence/refresh-tokens.repository';
import { SessionsRepository } from './persistence/sessions.repository';
import { hashRefreshToken } from './refresh-token';
import { SessionsService } from './sessions.service';

describe('SessionsService', () => {
  const testDatabase = useTestDatabase();
  let repository: SessionsRepository;
  let sessions: SessionsService;
  let userId: string;

  beforeAll(async () => {
    repository = new SessionsRepository(testDatabase.database);
    sessions = new SessionsService(
      testDatabase.database,
      repository,
      new RefreshTokensRepository(testDatabase.database),
      {
        signingKeys: [],
        issuer: 'i',
        audience: 'a',
        accessTokenSeconds: 900,
        refreshTokenDays: 30,
      },
    );
    const [user] = await testDatabase.database.query<{ id: string }>(
      `INSERT INTO users (email, full_name) VALUES ($1, 'Ada') RETURNING id`,
      [`${randomUUID()}@example.com`],
    );
    userId = user?.id ?? '';
  });

  const passSeconds = (seconds: number, token: string) =>
    testDatabase.database.query(
      'UPDATE auth_refresh_tokens SET rotated_at = rotated_at - make_interval(secs => $2) WHERE token_hash = $1',
      [hashRefreshToken(token), seconds],
    );
  const isLive = async (sessionId: string) =>
    (await repository.findActiveRole(sessionId, userId)) !== undefined;
  const revocationOf = (sessionId: string) =>
    testDatabase.database.queryOne(
      'SELECT revoke_reason FROM auth_sessions WHERE id = $1 AND revoked_at IS NOT NULL',
      [sessionId],
    );
  const REUSED = { code: 'refresh_token_reused', kind: 'unauthenticated' };
  const INVALID = { code: 'invalid_refresh_token', kind: 'unauthenticated' };

  it('exchanges each token for the next one of the same sign-in', async () => {
    const first = await sessions.open(userId);

    const second = await sessions.refresh(first.refreshToken);
    const third = await sessions.refresh(second.refreshToken);

    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect([second, third]).toMatchObject(Array(2).fill({ sessionId: first.sessionId, userId }));
  });

  it('stores no token in clear', async () => {
    const { sessionId, refreshToken } = await sessions.open(userId);
    const { refreshToken: successor } = await sessions.refresh(refreshToken);

    const rows = await testDatabase.database.query(
      'SELECT * FROM auth_refresh_tokens WHERE session_id = $1',
      [sessionId],
    );

    const stored = rows.flatMap((row) => Object.values(row)).filter(Buffer.isBuffer);
    expect(stored.length).toBeGreaterThan(2);
    for (const token of [refreshToken, successor]) {
      expect(
        stored.some((value) => value.equals(Buffer.from(token)) || value.toString('base64url') === token),
      ).toBe(false);
    }
  });

  it('gives a retry the same successor up to a minute later', async () => {
    const { refreshToken } = await sessions.open(userId);
    const answer = await sessions.refresh(refreshToken);

    await passSeconds(59, refreshToken);

    await expect(sessions.refresh(refreshToken)).resolves.toEqual(answer);
    await expect(sessions.refresh(answer.refreshToken)).resolves.toMatchObject({ userId });
  });

  it('ends the whole session when a token is used again after a minute', async () => {
    const { sessionId, refreshToken } = await sessions.open(userId);
    const { refreshToken: successor } = await sessions.refresh(refreshToken);
    await passSeconds(61, refreshToken);

    await expect(sessions.refresh(refreshToken)).rejects.toMatchObject(REUSED);

    await expect(isLive(sessionId)).resolves.toBe(false);
    await expect(revocationOf(sessionId)).resolves.toEqual({ revoke_reason: 'reuse' });
    await expect(sessions.refresh(successor)).rejects.toMatchObject(INVALID);
  });

  it('ends the session within the minute too, once the successor has been used', async () => {
    const { sessionId, refreshToken } = await sessions.open(userId);
    const { refreshToken: successor } = await sessions.refresh(refreshToken);
    const { refreshToken: newest } = await sessions.refresh(successor);

    await expect(sessions.refresh(refreshToken)).rejects.toMatchObject(REUSED);

    await expect(isLive(sessionId)).resolves.toBe(false);
    await expect(sessions.refresh(newest)).rejects.toMatchObject(INVALID);
  });

  it('leaves other sessions of the user alone when one is ended for reuse', async () => {
    const [one, other] = [await sessions.open(userId), await sessions.open(userId)];
    await sessions.refresh((await sessions.refresh(one.refreshToken)).refreshToken);

    await expect(sessions.refresh(one.refreshToken)).rejects.toMatchObject(REUSED);

    await expect(isLive(other.sessionId)).resolves.toBe(true);
    await expect(sessions.refresh(other.refreshToken)).resolves.toMatchObject({ sessionId: other.sessionId });
  });

  it('gives parallel requests with one token one successor', async () => {
    const { sessionId, refreshToken } = await sessions.open(userId);

    const answers = await Promise.all(Array.from({ length: 8 }, () => sessions.refresh(refreshToken)));

    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    await expect(isLive(sessionId)).resolves.toBe(true);
    const [count] = await testDatabase.database.query(
      'SELECT count(*)::int AS n FROM auth_refresh_tokens WHERE session_id = $1',
      [sessionId],
    );
    expect(count).toEqual({ n: 2 });
  });

  it('does not let a refresh outlive a session that ends at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const { sessionId, refreshToken } = await sessions.open(userId);

      const [refreshed] = await Promise.allSettled([sessions.refresh(refreshToken), sessions.end(sessionId)]);

      await expect(isLive(sessionId)).resolves.toBe(false);
      const newest = refreshed.status === 'fulfilled' ? refreshed.value.refreshToken : refreshToken;
      await expect(sessions.refresh(newest)).rejects.toMatchObject(INVALID);
    }
  });

  it('refuses an unknown token', async () => {
    await expect(sessions.refresh('never-issued')).rejects.toMatchObject(INVALID);
  });

  it.each([
    ['the token has expired', 'UPDATE auth_refresh_tokens SET expires_at = now() WHERE session_id = $1'],
    ['the sign-in has reached its limit', 'UPDATE auth_sessions SET expires_at = now() WHERE id = $1'],
  ])('refuses when %s', async (_, statement) => {
    const { sessionId, refreshToken } = await sessions.open(userId);
    await testDatabase.database.query(statement, [sessionId]);

    await expect(sessions.refresh(refreshToken)).rejects.toMatchObject(INVALID);
  });

  it('never lets a token live longer than its session', async () => {
    const { sessionId, refreshToken } = await sessions.open(userId);
    await testDatabase.database.query(
      `UPDATE auth_sessions SET expires_at = now() + interval '1 day' WHERE id = $1`,
      [sessionId],
    );

    const { refreshToken: successor } = await sessions.refresh(refreshToken);

    await expect(
      testDatabase.database.queryOne(
        `SELECT t.expires_at = s.expires_at AS cut FROM auth_refresh_tokens t JOIN auth_sessions s ON s.id = t.session_id
          WHERE t.token_hash = $1`,
        [hashRefreshToken(successor)],
      ),
    ).resolves.toEqual({ cut: true });
  });

  it('ends a session by any of its tokens, once, and ignores unknown ones', async () => {
    const { sessionId, refreshToken } = await sessions.open(userId);
    await sessions.refresh(refreshToken);

    await sessions.endByToken(refreshToken);
    await sessions.endByToken(refreshToken);
    await sessions.endByToken('never-issued');

    await expect(isLive(sessionId)).resolves.toBe(false);
    await expect(revocationOf(sessionId)).resolves.toEqual({ revoke_reason: 'logout' });
  });

  it('does not take another user’s sign-in for theirs', async () => {
    const { sessionId } = await sessions.open(userId);

    await expect(repository.findActiveRole(sessionId, randomUUID())).resolves.toBeUndefined();
  });
});
