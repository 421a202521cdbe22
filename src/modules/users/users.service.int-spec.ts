import { randomUUID } from 'node:crypto';
import { useTestDatabase } from '../../../test/support/use-test-database';
import { UsersRepository } from './persistence/users.repository';
import { UsersService } from './users.service';

describe('UsersService', () => {
  const testDatabase = useTestDatabase();
  let users: UsersService;

  beforeAll(() => {
    users = new UsersService(new UsersRepository(testDatabase.database));
  });

  const register = (email = `${randomUUID()}@example.com`) =>
    users.create({ email, fullName: 'Ada Lovelace' });

  it('creates a student without a customer, under the normalised address', async () => {
    const user = await register(' Ada@Example.COM ');

    expect(user).toEqual({
      id: expect.any(String),
      email: 'ada@example.com',
      fullName: 'Ada Lovelace',
      role: 'student',
      stripeCustomerId: null,
      emailVerifiedAt: null,
      createdAt: expect.any(Date),
    });
    await expect(users.findByEmail('ADA@example.com')).resolves.toEqual(user);
    await expect(users.findById(user.id)).resolves.toEqual(user);
  });

  it('refuses a second account for the same address in other letters', async () => {
    const { email } = await register();

    await expect(register(email.toUpperCase())).rejects.toMatchObject({
      code: 'email_taken',
      kind: 'conflict',
    });
  });

  it('makes exactly one account when two requests race for an address', async () => {
    const email = `${randomUUID()}@example.com`;

    const outcomes = await Promise.allSettled([register(email), register(email), register(email)]);

    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual(
      Array(2).fill(expect.objectContaining({ reason: expect.objectContaining({ code: 'email_taken' }) })),
    );
  });

  it('distinguishes an unknown user from an error', async () => {
    const nobody = randomUUID();

    await expect(users.findById(nobody)).resolves.toBeUndefined();
    await expect(users.findByEmail('nobody@example.com')).resolves.toBeUndefined();
    await expect(users.getById(nobody)).rejects.toMatchObject({ code: 'user_not_found', kind: 'not_found' });
    await expect(users.setRole(nobody, 'operator')).rejects.toMatchObject({ code: 'user_not_found' });
  });

  it('lets the database refuse a role that does not exist', async () => {
    const { id } = await register();

    await expect(users.setRole(id, 'root' as 'operator')).rejects.toThrow('users_role_check');
  });

  describe('bindCustomer', () => {
    const customerId = () => `cus_${randomUUID()}`;

    it('binds once and is harmless when repeated', async () => {
      const { id } = await register();
      const customer = customerId();

      await expect(users.bindCustomer(id, customer)).resolves.toBe(true);
      await expect(users.bindCustomer(id, customer)).resolves.toBe(true);
      await expect(users.findByCustomerId(customer)).resolves.toMatchObject({
        id,
        stripeCustomerId: customer,
      });
    });

    it('never exchanges a bound customer', async () => {
      const { id } = await register();
      const first = customerId();
      await users.bindCustomer(id, first);

      await expect(users.bindCustomer(id, customerId())).resolves.toBe(false);
      await expect(users.getById(id)).resolves.toMatchObject({ stripeCustomerId: first });
    });

    it('never gives one customer to two accounts', async () => {
      const [one, other] = [await register(), await register()];
      const customer = customerId();
      await users.bindCustomer(one.id, customer);

      await expect(users.bindCustomer(other.id, customer)).resolves.toBe(false);
      await expect(users.getById(other.id)).resolves.toMatchObject({ stripeCustomerId: null });
    });

    it('leaves the surrounding transaction usable when the customer is somebody else’s', async () => {
      const [one, other] = [await register(), await register()];
      const customer = customerId();
      await users.bindCustomer(one.id, customer);

      const outcome = await testDatabase.database.transaction(async () => {
        const bound = await users.bindCustomer(other.id, customer);
        return { bound, still: await users.findById(other.id) };
      });

      expect(outcome).toMatchObject({ bound: false, still: { id: other.id } });
    });

    it('lets one customer win when two race for an account', async () => {
      const { id } = await register();
      const candidates = [customerId(), customerId(), customerId()];

      const outcomes = await Promise.all(candidates.map((candidate) => users.bindCustomer(id, candidate)));

      const { stripeCustomerId } = await users.getById(id);
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(stripeCustomerId).toBe(candidates[outcomes.indexOf(true)]);
    });

    it('is false for an account that does not exist', async () => {
      await expect(users.bindCustomer(randomUUID(), customerId())).resolves.toBe(false);
    });
  });
});
