import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConfigModule } from 'src/config/config.module';
import { Database } from 'src/database/database';
import { DatabaseModule } from 'src/database/database.module';
import { testConfig } from '../../../test/support/config';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { AttemptsService } from './attempts.service';
import { TooManyAttemptsError } from './limits.errors';
import { AttemptCountersRepository } from './persistence/attempt-counters.repository';

const HOME = '203.0.113.7';
const ELSEWHERE = '198.51.100.1';

describe('AttemptsService', () => {
  let testDatabase: TestDatabase;
  let first: INestApplicationContext;
  let attempts: AttemptsService;
  let database: Database;

  // Each process of a deployment is one of these.
  async function startProcess(): Promise<INestApplicationContext> {
    const config = testConfig({
      databaseUrl: testDatabase.url,
      env: {
        SIGN_IN_FREE_FAILURES: '5',
        SIGN_IN_FREE_FAILURES_PER_ADDRESS: '12',
        SIGN_IN_ALARM_FAILURES: '20',
        REGISTRATIONS_PER_ADDRESS: '3',
      },
    });
    const module = await Test.createTestingModule({
      imports: [ConfigModule.register(config), DatabaseModule],
      providers: [AttemptsService, AttemptCountersRepository],
    }).compile();
    return module.init();
  }

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    first = await startProcess();
    attempts = first.get(AttemptsService);
    database = first.get(Database);
  });
  beforeEach(() => database.query('TRUNCATE auth_attempt_counters, auth_known_addresses'));
  afterAll(async () => {
    await first?.close();
    await testDatabase?.drop();
  });

  /** Seconds until the attempt would be let through; 0 when it was (and has failed). */
  async function tryFrom(address: string, account = 'ada@example.com', service = attempts): Promise<number> {
    try {
      await service.begin('sign_in', { account, address });
      return 0;
    } catch (error) {
      if (error instanceof TooManyAttemptsError) return error.retryAfterSeconds ?? Number.NaN;
      throw error;
    }
  }

  async function failTimes(count: number, address: string, account?: string): Promise<void> {
    for (let n = 0; n < count; n += 1) expect(await tryFrom(address, account)).toBe(0);
  }

  /** Instead of waiting: moves everything stored into the past. */
  async function passTime(seconds: number): Promise<void> {
    await database.query(
      `UPDATE auth_attempt_counters SET counted_at = counted_at - make_interval(secs => $1),
              blocked_until = blocked_until - make_interval(secs => $1), expires_at = expires_at - make_interval(secs => $1)`,
      [seconds],
    );
    await database.query('UPDATE auth_known_addresses SET seen_at = seen_at - make_interval(secs => $1)', [
      seconds,
    ]);
  }

  async function signIn(address: string, account = 'ada@example.com'): Promise<void> {
    await (await attempts.begin('sign_in', { account, address })).succeed();
  }

  /** From so many addresses, each guessing once, as a botnet would. */
  async function attackFromEverywhere(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await tryFrom(`192.0.2.${n}`);
  }

  describe('one account from one address', () => {
    it('has some free attempts, and then waits longer each time', async () => {
      await failTimes(5, HOME);
      const waits: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        const wait = await tryFrom(HOME);
        waits.push(wait);
        await passTime(wait);
        await failTimes(1, HOME);
      }

      expect(waits).toEqual([2, 4, 8, 16]);
    });

    it('never waits longer than a quarter of an hour', async () => {
      await failTimes(5, HOME);
      for (let n = 0; n < 20; n += 1) {
        await passTime(await tryFrom(HOME));
        await failTimes(1, HOME);
      }

      expect(await tryFrom(HOME)).toBeGreaterThan(800);
      expect(await tryFrom(HOME)).toBeLessThanOrEqual(900);
    });

    it('is not made to wait longer by attempts during the wait', async () => {
      await failTimes(5, HOME);
      for (let n = 0; n < 30; n += 1) expect(await tryFrom(HOME)).toBeGreaterThan(0);
      await passTime(2);

      expect(await tryFrom(HOME)).toBe(0);
    });

    it('gives fifty guesses at the same moment no more tries than five in a row', async () => {
      const waits = await Promise.all(Array.from({ length: 50 }, () => tryFrom(HOME)));

      expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    });

    it('counts what was refused in such a race nowhere else', async () => {
      await Promise.all(Array.from({ length: 50 }, () => tryFrom(HOME)));

      const rows = await database.query<{ attempts: number }>('SELECT attempts FROM auth_attempt_counters');
      expect(rows.map(({ attempts: count }) => Math.round(count))).toEqual([5, 5, 5]);
    });

    it('forgets an attempt in half an hour', async () => {
      await failTimes(5, HOME);
      await passTime(2 * 30 * 60);

      await failTimes(2, HOME);
      expect(await tryFrom(HOME)).toBeGreaterThan(0);
    });

    it('forgets them all when the password was right', async () => {
      await failTimes(4, HOME);
      await signIn(HOME);

      await failTimes(5, HOME);
    });

    it('does not count an attempt that failed for a reason of ours', async () => {
      for (let n = 0; n < 8; n += 1) {
        const attempt = await attempts.begin('sign_in', { account: 'ada@example.com', address: HOME });
        await attempt.cancel();
      }

      await failTimes(5, HOME);
    });

    it('is the same account in any letters', async () => {
      await failTimes(3, HOME, 'ada@example.com');
      await failTimes(2, HOME, ' ADA@Example.com');

      expect(await tryFrom(HOME, 'aDa@example.com')).toBeGreaterThan(0);
    });
  });

  describe('the owner of an account', () => {
    it('is not kept out by someone who hammers it from elsewhere', async () => {
      await Promise.all(Array.from({ length: 100 }, () => tryFrom(ELSEWHERE)));

      expect(await tryFrom(ELSEWHERE)).toBeGreaterThan(0);
      await failTimes(4, HOME);
      await expect(signIn(HOME)).resolves.toBeUndefined();
    });

    it('has a free attempt from any new address during a distributed attack', async () => {
      await attackFromEverywhere(60);

      await expect(signIn(HOME)).resolves.toBeUndefined();
    });

    it('has all free tries from a known address while the whole world attacks', async () => {
      await signIn(HOME);
      await attackFromEverywhere(60);

      await failTimes(5, HOME);
    });

    it('is not kept out of a known address by someone who guesses at other accounts from there', async () => {
      await signIn(HOME);
      for (let n = 0; n < 12; n += 1) await tryFrom(HOME, `victim-${n}@example.com`);
      expect(await tryFrom(HOME, 'another@example.com')).toBeGreaterThan(0);

      await expect(signIn(HOME)).resolves.toBeUndefined();
    });
  });

  it('gives each new address one free try for an account that is attacked from everywhere, not five', async () => {
    await attackFromEverywhere(20);

    await failTimes(1, ELSEWHERE);
    expect(await tryFrom(ELSEWHERE)).toBe(2);
  });

  it('ends the alarm when the attack has ended', async () => {
    await attackFromEverywhere(20);
    await passTime(10 * 5 * 60);

    await failTimes(5, ELSEWHERE);
  });

  it('limits guessing one password at many accounts from one address, with a short wait', async () => {
    for (let n = 0; n < 12; n += 1) await failTimes(1, ELSEWHERE, `victim-${n}@example.com`);
    expect(await tryFrom(ELSEWHERE, 'victim-12@example.com')).toBe(2);
    for (let n = 0; n < 20; n += 1) {
      await passTime(await tryFrom(ELSEWHERE, `more-${n}@example.com`));
      await failTimes(1, ELSEWHERE, `more-${n}@example.com`);
    }

    expect(await tryFrom(ELSEWHERE, 'last@example.com')).toBeLessThanOrEqual(60);
    await failTimes(1, HOME, 'last@example.com');
  });

  it('does not count those who sign in with the right password against their address', async () => {
    for (let n = 0; n < 40; n += 1) await signIn(HOME, `student-${n}@example.com`);

    await failTimes(1, HOME, 'late@example.com');
  });

  it('holds over all processes, and over their restart', async () => {
    await failTimes(5, HOME);
    const second = await startProcess();

    try {
      expect(await tryFrom(HOME, undefined, second.get(AttemptsService))).toBeGreaterThan(0);
    } finally {
      await second.close();
    }
  });

  it('limits registrations by address, successful or not', async () => {
    const register = (address: string) => attempts.begin('registration', { address });
    for (let n = 0; n < 3; n += 1) await register(HOME);

    await expect(register(HOME)).rejects.toMatchObject({ code: 'too_many_attempts', retryAfterSeconds: 10 });
    await expect(register(ELSEWHERE)).resolves.toBeDefined();
  });

  it('limits emails by the account and address that ask for them', async () => {
    const ask = () => attempts.begin('email', { account: 'ada@example.com', address: HOME });
    for (let n = 0; n < 3; n += 1) await ask();

    await expect(ask()).rejects.toMatchObject({ retryAfterSeconds: 60 });
  });

  it('limits emails to one recipient over all addresses, but not from an address that the account knows', async () => {
    const ask = (address: string) => attempts.begin('email', { account: 'ada@example.com', address });
    await signIn(HOME);
    for (let n = 0; n < 5; n += 1) await ask(`198.51.100.${n + 10}`);

    await expect(ask('198.51.100.99')).rejects.toMatchObject({ retryAfterSeconds: 60 });
    await expect(ask(HOME)).resolves.toBeDefined();
  });

  it('counts aliases of one mailbox together', async () => {
    const ask = (n: number) =>
      attempts.begin('email', { account: `ada+${n}@example.com`, address: `198.51.100.${n + 10}` });
    for (let n = 0; n < 5; n += 1) await ask(n);

    await expect(ask(5)).rejects.toBeInstanceOf(TooManyAttemptsError);
  });

  it('limits emails from one address over all recipients', async () => {
    const ask = (n: number) =>
      attempts.begin('email', { account: `student-${n}@example.com`, address: HOME });
    for (let n = 0; n < 13; n += 1) await ask(n);

    await expect(ask(13)).rejects.toMatchObject({ retryAfterSeconds: 10 });
  });

  it('limits wrong secrets of an OAuth client by the address that sends them', async () => {
    const guess = (address: string) =>
      attempts.begin('oauth_client', { account: 'chatgpt-actions', address });
    for (let n = 0; n < 20; n += 1) await guess(ELSEWHERE);

    await expect(guess(ELSEWHERE)).rejects.toBeInstanceOf(TooManyAttemptsError);
    await expect(guess(HOME)).resolves.toBeDefined();
  });

  it('stores neither email addresses nor IP addresses', async () => {
    await tryFrom(HOME);
    await signIn(ELSEWHERE);

    const tables = ['auth_attempt_counters', 'auth_known_addresses'];
    const text = await Promise.all(tables.map((table) => database.query(`SELECT t::text FROM ${table} t`)));
    expect(JSON.stringify(text)).toMatch(/[0-9a-f]{64}/);
    expect(JSON.stringify(text)).not.toMatch(/example|@|203\.0|198\.51/);
  });
});
