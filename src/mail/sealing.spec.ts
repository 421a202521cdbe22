import { open, seal } from './sealing';

describe('seal and open', () => {
  it('decrypts with the secret it was encrypted with', () => {
    expect(open(seal('a link ✉', 'row-1', 'secret'), 'row-1', ['secret'])).toBe('a link ✉');
  });

  it('shows nothing of the text and never the same bytes twice', () => {
    const [one, other] = [seal('a link', 'row-1', 'secret'), seal('a link', 'row-1', 'secret')];

    expect(one.includes('a link')).toBe(false);
    expect(one.equals(other)).toBe(false);
  });

  it('opens while the secret is still among the current ones', () => {
    expect(open(seal('a link', 'row-1', 'old'), 'row-1', ['new', 'old'])).toBe('a link');
    expect(open(seal('a link', 'row-1', 'old'), 'row-1', ['new'])).toBeUndefined();
  });

  it('opens only for the row it was sealed for', () => {
    expect(open(seal('a link', 'row-1', 'secret'), 'row-2', ['secret'])).toBeUndefined();
  });

  it.each([0, 12, 28, 33])('opens nothing when byte %i was changed', (place) => {
    const sealed = seal('a link', 'row-1', 'secret');
    sealed.writeUInt8(sealed.readUInt8(place) ^ 1, place);

    expect(open(sealed, 'row-1', ['secret'])).toBeUndefined();
  });

  it.each([0, 5, 20])('opens nothing that has only %i bytes', (length) => {
    expect(open(Buffer.alloc(length), 'row-1', ['secret'])).toBeUndefined();
  });
});
