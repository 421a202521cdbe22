import { isPersonalPassword } from './new-password';

const ADA = { email: 'ada.lovelace@analytical-engine.example', fullName: 'Ada King Lovelace' };

describe('isPersonalPassword', () => {
  it.each([
    'ada.lovelace@analytical-engine.example',
    'AdaLovelace1815',
    'lovelace-1815!',
    '  Ada King Lovelace  ',
    'adaadaada',
    'analytical engine 42',
    'Course Companion 2026',
    'chatgpt-premium',
    '!!!companion!!!',
  ])('is true for %j, which a stranger could know', (password) => {
    expect(isPersonalPassword(password, ADA)).toBe(true);
  });

  it.each([
    'correct horse battery',
    'a long enough password',
    '8362-9471-0285',
    'ada likes violets',
    'companionship of the ring',
    'пароль из пяти слов',
    '😀😀😀😀😀😀😀😀',
  ])('is false for %j', (password) => {
    expect(isPersonalPassword(password, ADA)).toBe(false);
  });

  it('does not take the short words of a name for the name', () => {
    expect(isPersonalPassword('of-de-ng-of-de', { email: 'a@b.cd', fullName: 'Ng de Of' })).toBe(false);
  });

  it('knows names in other scripts', () => {
    const owner = { email: 'a@b.cd', fullName: 'Ольга Петрова' };

    expect(isPersonalPassword('ОльгаПетрова1', owner)).toBe(true);
  });

  it('is quick with long passwords and names', () => {
    const owner = { email: `${'a.'.repeat(120)}@b.cd`, fullName: 'abc '.repeat(50) };

    expect(isPersonalPassword('abcx'.repeat(32), owner)).toBe(false);
  });
});
