import { findStart, groupTypes, isPollDue, planWindows, type EventCursor } from './poll-plan';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HORIZON = 30 * DAY;
const now = new Date('2026-03-31T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

const cursor = (overrides: Partial<EventCursor> = {}): EventCursor => ({
  group: 0,
  types: ['a', 'b'],
  readUntil: ago(HOUR),
  polledAt: ago(HOUR),
  ...overrides,
});

describe('groupTypes', () => {
  it('puts each type into one group of at most the given size', () => {
    const types = Array.from({ length: 48 }, (_, index) => `type.${index}`);
    const groups = groupTypes(types, 20);

    expect(groups.map(({ length }) => length)).toEqual([20, 20, 8]);
    expect(groups.flat()).toEqual(types);
  });
});

describe('findStart', () => {
  it('goes on where the group was', () => {
    expect(findStart({ group: 0, types: ['a', 'b'] }, [cursor()], now)).toEqual(ago(HOUR));
  });

  it('goes back to the slowest group when the types of a group have changed', () => {
    const cursors = [cursor(), cursor({ group: 1, types: ['c'], readUntil: ago(DAY) })];

    expect(findStart({ group: 0, types: ['a', 'new'] }, cursors, now)).toEqual(ago(DAY));
    expect(findStart({ group: 2, types: ['d'] }, cursors, now)).toEqual(ago(DAY));
  });

  it('reads three days at first, as far back as Stripe retries a delivery', () => {
    expect(findStart({ group: 0, types: ['a'] }, [], now)).toEqual(ago(3 * DAY));
  });
});

describe('planWindows', () => {
  it('asks once for a short range, with an overlap', () => {
    expect(planWindows(ago(HOUR), now, HORIZON)).toEqual([{ from: ago(1.5 * HOUR), until: undefined }]);
  });

  it('divides a long range into days without a gap', () => {
    const windows = planWindows(ago(5 * DAY), now, HORIZON);

    expect(windows).toHaveLength(6);
    windows.slice(1).forEach(({ from }, index) => expect(from).toEqual(windows[index]?.until));
    expect(windows.at(-1)?.until).toBeUndefined();
  });

  it('asks for nothing beyond the horizon', () => {
    expect(planWindows(ago(90 * DAY), now, HORIZON)[0]?.from).toEqual(ago(HORIZON));
  });
});

describe('isPollDue', () => {
  const due = (cursors: EventCursor[]) => isPollDue(cursors, { groups: 1, now, intervalMs: HOUR });

  it.each([
    ['never read', [], true],
    ['read just now', [cursor({ polledAt: now })], false],
    ['read an interval ago', [cursor({ polledAt: ago(HOUR) })], true],
    ['read in the future of a clock that was set back', [cursor({ polledAt: ago(-DAY) })], true],
  ])('%s: %s', (_, cursors, expected) => {
    expect(due(cursors)).toBe(expected);
  });
});
