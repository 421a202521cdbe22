import { Listing } from '../core/listing';
import { Input } from './input';
import { createdFilter, paginate } from './pagination';

const newestFirst = ['e', 'd', 'c', 'b', 'a'].map((id, i) => ({ id, created: 50 - 10 * i }));
const pageOf = (params: Record<string, string>) => {
  const { data, has_more } = paginate(newestFirst, new Input(params), '/v1/things');
  return { ids: data.map(({ id }) => id).join(''), has_more };
};

describe('pagination', () => {
  it('starts with the newest and says whether there is more', () => {
    expect(pageOf({ limit: '2' })).toEqual({ ids: 'ed', has_more: true });
    expect(pageOf({ limit: '5' })).toEqual({ ids: 'edcba', has_more: false });
  });

  it('pages towards older records with starting_after', () => {
    expect(pageOf({ limit: '2', starting_after: 'd' })).toEqual({ ids: 'cb', has_more: true });
    expect(pageOf({ limit: '2', starting_after: 'b' })).toEqual({ ids: 'a', has_more: false });
  });

  it('gives the nearest newer records with ending_before, newest first', () => {
    expect(pageOf({ limit: '2', ending_before: 'a' })).toEqual({ ids: 'cb', has_more: true });
    expect(pageOf({ limit: '2', ending_before: 'd' })).toEqual({ ids: 'e', has_more: false });
  });

  it('takes a cursor that a filter leaves out: the list may have changed since', () => {
    const listing = Listing.of(newestFirst).filter(({ id }) => id !== 'c');
    const page = (params: Record<string, string>) =>
      paginate(listing, new Input(params), '/v1/things')
        .data.map(({ id }) => id)
        .join('');
    expect(page({ starting_after: 'c' })).toBe('ba');
    expect(page({ ending_before: 'c' })).toBe('ed');
  });

  it('clamps limits to 1-100 and refuses unknown and double cursors', () => {
    expect(pageOf({ limit: '0' }).ids).toHaveLength(1);
    expect(pageOf({ limit: '101' })).toMatchObject({ has_more: false });
    expect(() => pageOf({ starting_after: 'z' })).toThrow(/^No such \w+: 'z'$/);
    expect(() => pageOf({ starting_after: 'a', ending_before: 'b' })).toThrow('Please pass in only one.');
  });

  it('filters by a range of creation times', () => {
    const kept = newestFirst.filter(createdFilter(new Input({ created: { gt: '10', lte: '30' } })));
    expect(kept.map(({ id }) => id).join('')).toBe('cb');
  });
});
