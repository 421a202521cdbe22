import { hash } from '@node-rs/argon2';
import { PasswordsService } from './passwords.service';

const PASSWORD = 'correct horse battery';

describe('PasswordsService', () => {
  const passwords = new PasswordsService();

  it('makes salted argon2id hashes with the recommended parameters', async () => {
    const [one, other] = [await passwords.hash(PASSWORD), await passwords.hash(PASSWORD)];

    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
  });

  it('accepts the password and nothing else', async () => {
    const stored = await passwords.hash(PASSWORD);

    await expect(passwords.verify(stored, PASSWORD)).resolves.toBe(true);
    await expect(passwords.verify(stored, `${PASSWORD} `)).resolves.toBe(false);
    await expect(passwords.verify(stored, '')).resolves.toBe(false);
  });

  it('takes composed and decomposed letters for the same password', async () => {
    const stored = await passwords.hash('caf\u00e9 au lait');

    await expect(passwords.verify(stored, 'cafe\u0301 au lait')).resolves.toBe(true);
  });

  it('tells hashes of other parameters or of another kind apart', async () => {
    expect(passwords.isOutdated(await passwords.hash(PASSWORD))).toBe(false);
    expect(
      passwords.isOutdated(await hash(PASSWORD, { memoryCost: 8192, timeCost: 2, parallelism: 1 })),
    ).toBe(true);
    expect(
      passwords.isOutdated(await hash(PASSWORD, { memoryCost: 19_456, timeCost: 1, parallelism: 1 })),
    ).toBe(true);
    expect(
      passwords.isOutdated(
        await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1, algorithm: 1 }),
      ),
    ).toBe(true);
  });

  it('refuses a flood beyond its queue with 503 instead of letting it wait', async () => {
    const flooded = new PasswordsService();

    const outcomes = await Promise.allSettled(Array.from({ length: 110 }, () => flooded.hash(PASSWORD)));

    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ reason: { code: 'service_unavailable', retryAfterSeconds: 2 } });
  });
});
