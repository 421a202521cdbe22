import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { Test, type TestingModule } from '@nestjs/testing';
import { Global, Module } from '@nestjs/common';
import { DatabaseConfig } from 'src/config/app-config';
import { Database } from 'src/database/database';
import { DatabaseModule } from 'src/database/database.module';
import { UsersModule, UsersService } from 'src/modules/users';
import { SessionsRepository } from 'src/modules/auth/persistence/sessions.repository';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database';
import { CredentialsModule } from './credentials.module';
import { CredentialsService } from './credentials.service';
import { OperatorAccountsService } from './operator-accounts.service';

let testDatabase: TestDatabase;

@Global()
@Module({
  providers: [{ provide: DatabaseConfig, useFactory: () => ({ url: testDatabase.url, poolSize: 5 }) }],
  exports: [DatabaseConfig],
})
class DatabaseConfigModule {}

describe('credentials and operator accounts', () => {
  let context: TestingModule;
  let database: Database;
  let users: UsersService;
  let credentials: CredentialsService;
  let operators: OperatorAccountsService;
  let sessions: SessionsRepository;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    context = await Test.createTestingModule({
      imports: [DatabaseConfigModule, DatabaseModule, UsersModule, CredentialsModule],
    }).compile();
    await context.init();
    database = context.get(Database);
    users = context.get(UsersService);
    credentials = context.get(CredentialsService);
    operators = context.get(OperatorAccountsService);
    sessions = context.get(SessionsRepository);
  });

  afterAll(async () => {
    await context?.close();
    await testDatabase?.drop();
  });

  const PASSWORD = 'a long enough password';
  const newEmail = () => `${randomUUID()}@example.com`;
  const storedHash = (userId: string) =>
    database.queryOne<{ password_hash: string }>(
      'SELECT password_hash FROM auth_credentials WHERE user_id = $1',
      [userId],
    );
  const openSession = (userId: string) =>
    sessions.open({ userId, tokenHash: Buffer.from(randomUUID()), tokenDays: 1, sessionDays: 1 });

  describe('CredentialsService', () => {
    it('knows nobody, and nobody’s password', async () => {
      const { id } = await users.create({ email: newEmail(), fullName: 'No Password' });

      await expect(credentials.verify(undefined, PASSWORD)).resolves.toBe(false);
      await expect(credentials.verify(id, PASSWORD)).resolves.toBe(false);
      await expect(credentials.verify(undefined, 'nobody has this password')).resolves.toBe(false);
    });

    it('hashes again after a right password under old parameters, and only then', async () => {
      const { id } = await users.create({ email: newEmail(), fullName: 'Old Hash' });
      const old = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
      await credentials.save(id, old);

      await expect(credentials.verify(id, 'wrong')).resolves.toBe(false);
      await expect(storedHash(id)).resolves.toEqual({ password_hash: old });

      await expect(credentials.verify(id, PASSWORD)).resolves.toBe(true);
      const renewed = await storedHash(id);
      expect(renewed?.password_hash).toContain('m=19456,t=2,p=1');

      await expect(credentials.verify(id, PASSWORD)).resolves.toBe(true);
      await expect(storedHash(id)).resolves.toEqual(renewed);
    });
  });

  describe('OperatorAccountsService', () => {
    it('takes no password that is guessed first, and makes no account then', async () => {
      const email = newEmail();

      for (const password of ['password1', 'Operator-2026']) {
        await expect(operators.ensure({ email, password })).rejects.toMatchObject({
          code: 'invalid_request',
        });
      }
      await expect(users.findByEmail(email)).resolves.toBeUndefined();
    });

    it('creates an operator who can sign in, and changes nothing the second time', async () => {
      const email = newEmail();

      await expect(operators.ensure({ email, password: PASSWORD })).resolves.toBe('created');
      const user = await users.findByEmail(email);
      const session = await openSession(user?.id ?? '');
      await expect(operators.ensure({ email: email.toUpperCase(), password: PASSWORD })).resolves.toBe(
        'unchanged',
      );

      expect(user).toMatchObject({ role: 'operator' });
      await expect(credentials.verify(user?.id, PASSWORD)).resolves.toBe(true);
      await expect(sessions.findActiveRole(session, user?.id ?? '')).resolves.toEqual({ role: 'operator' });
    });

    it('replaces the password and ends every earlier session', async () => {
      const email = newEmail();
      await operators.ensure({ email, password: PASSWORD });
      const { id } = (await users.findByEmail(email)) ?? { id: '' };
      const session = await openSession(id);

      await expect(operators.ensure({ email, password: 'another password' })).resolves.toBe('updated');

      await expect(credentials.verify(id, PASSWORD)).resolves.toBe(false);
      await expect(credentials.verify(id, 'another password')).resolves.toBe(true);
      await expect(sessions.findActiveRole(session, id)).resolves.toBeUndefined();
    });

    it('takes over an account that a stranger registered under the address', async () => {
      const email = newEmail();
      const { id } = await users.create({ email, fullName: 'Squatter' });
      await credentials.save(id, await credentials.hash('the squatter knows this'));
      const session = await openSession(id);

      await expect(operators.ensure({ email, password: PASSWORD })).resolves.toBe('updated');

      await expect(users.getById(id)).resolves.toMatchObject({ role: 'operator' });
      await expect(credentials.verify(id, 'the squatter knows this')).resolves.toBe(false);
      await expect(sessions.findActiveRole(session, id)).resolves.toBeUndefined();
    });
  });
});
