import { normaliseEmail } from './normalise-email';

describe('normaliseEmail', () => {
  it('lowers the case and trims', () => {
    expect(normaliseEmail('  Ada.Lovelace@Example.COM\n')).toBe('ada.lovelace@example.com');
  });

  it('gives composed and decomposed letters one spelling', () => {
    expect(normaliseEmail('rene\u0301@example.com')).toBe(normaliseEmail('ren\u00e9@example.com'));
  });

  it('changes nothing the second time', () => {
    const once = normaliseEmail(' RENE\u0301@example.com');

    expect(normaliseEmail(once)).toBe(once);
  });
});
