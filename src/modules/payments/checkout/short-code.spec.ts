import { newShortCode } from './short-code';

describe('newShortCode', () => {
  it('has letters and digits only, so that no program cuts the link', () => {
    const codes = Array.from({ length: 2000 }, newShortCode);

    expect(codes.filter((code) => !/^[A-Za-z0-9]{12}$/.test(code))).toEqual([]);
    expect(new Set(codes).size).toBe(2000);
  });
});
