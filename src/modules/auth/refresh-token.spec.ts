import {
  deriveSuccessor,
  generateRefreshToken,
  generateSuccessorSalt,
  hashRefreshToken,
} from './refresh-token';

describe('refresh tokens', () => {
  it('are 256 bits in letters that survive any transport', () => {
    expect(generateRefreshToken()).toMatch(/^[\w-]{43}$/);
    expect(generateRefreshToken()).not.toBe(generateRefreshToken());
  });

  it('give the same successor for the same salt, so that a retry does not branch', () => {
    const [token, salt] = [generateRefreshToken(), generateSuccessorSalt()];

    expect(deriveSuccessor(token, salt)).toBe(deriveSuccessor(token, salt));
    expect(deriveSuccessor(token, salt)).toMatch(/^[\w-]{43}$/);
  });

  it('need both the token and the salt for the successor', () => {
    const [token, salt] = [generateRefreshToken(), generateSuccessorSalt()];
    const successor = deriveSuccessor(token, salt);

    expect(deriveSuccessor(token, generateSuccessorSalt())).not.toBe(successor);
    expect(deriveSuccessor(generateRefreshToken(), salt)).not.toBe(successor);
  });

  it('are kept as a hash', () => {
    expect(hashRefreshToken('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
