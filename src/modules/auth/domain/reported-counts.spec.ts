import fc from 'fast-check';
import { ReportedCounts } from './reported-counts';

describe('ReportedCounts', () => {
  it('reports every request once, whichever reports fail', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), (succeeds) => {
        const counts = new ReportedCounts(60_000, () => 0);
        let known = 0;
        for (const [index, ok] of succeeds.entries()) {
          const points = counts.take('ada', index + 1);
          if (ok) known += points;
          else counts.putBack('ada', points);
        }
        const rest = counts.take('ada', succeeds.length + 1);

        expect(known + rest).toBe(succeeds.length + 1);
      }),
    );
  });

  it('starts again with a new window', () => {
    let now = 0;
    const counts = new ReportedCounts(60_000, () => now);
    counts.take('ada', 20);
    now = 60_001;

    expect(counts.take('ada', 21)).toBe(21);
    expect(counts.take('ada', 5)).toBe(5);
  });
});
