import { deriveActivityDays, timeZoneAt, type LearningFacts } from './facts';
import { deriveStreak } from './streak';

const NOTHING: LearningFacts = { sections: [], visits: [], attempts: [], timeZones: [], studyDays: [] };
const section = (completedAt: string) => ({
  chapterId: 'chapter-1',
  sectionId: completedAt,
  completedAt: new Date(completedAt),
  seconds: 0,
});
const attempt = (submittedAt: string) => ({
  chapterId: 'chapter-1',
  scorePercent: 10,
  isPassed: false,
  submittedAt: new Date(submittedAt),
});
const since = (at: string, timeZone: string) => ({ since: new Date(at), timeZone });
const daysOf = (facts: Partial<LearningFacts>) =>
  deriveActivityDays({ ...NOTHING, ...facts }).map(({ day }) => day);

describe('timeZoneAt', () => {
  const periods = [
    since('2026-02-01T00:00:00Z', 'Asia/Tokyo'),
    since('2026-03-01T00:00:00Z', 'Europe/Berlin'),
  ];

  it.each([
    ['2026-01-31T23:59:59Z', 'UTC'],
    ['2026-02-01T00:00:00Z', 'Asia/Tokyo'],
    ['2026-03-01T00:00:00Z', 'Europe/Berlin'],
  ])('at %s is %s', (at, expected) => {
    expect(timeZoneAt(periods, new Date(at))).toBe(expected);
    expect(timeZoneAt(periods.toReversed(), new Date(at))).toBe(expected);
  });
});

describe('deriveActivityDays', () => {
  it('counts sections and quizzes, including failed ones, once per day with the first time', () => {
    const activity = deriveActivityDays({
      ...NOTHING,
      sections: [section('2026-11-24T12:00:00Z')],
      attempts: [attempt('2026-11-24T09:00:00Z'), attempt('2026-11-22T09:00:00Z')],
      studyDays: [{ day: '2026-11-23', at: new Date('2026-11-23T10:00:00Z') }],
    });

    expect(activity).toEqual([
      { day: '2026-11-22', at: new Date('2026-11-22T09:00:00Z') },
      { day: '2026-11-23', at: new Date('2026-11-23T10:00:00Z') },
      { day: '2026-11-24', at: new Date('2026-11-24T09:00:00Z') },
    ]);
  });

  it.each([
    // Always at 23:30 on the student's own clock, through the change of the clocks.
    ['Europe/Berlin', ['2026-10-24T21:30:00Z', '2026-10-25T22:30:00Z', '2026-10-26T22:30:00Z']],
    ['Europe/Berlin', ['2026-03-28T22:30:00Z', '2026-03-29T21:30:00Z', '2026-03-30T21:30:00Z']],
    // Just after midnight.
    ['America/New_York', ['2026-03-07T05:30:00Z', '2026-03-08T05:30:00Z', '2026-03-09T04:30:00Z']],
    ['America/New_York', ['2026-10-31T04:30:00Z', '2026-11-01T04:30:00Z', '2026-11-02T05:30:00Z']],
  ])('counts three days in a row across a clock change in %s', (timeZone, moments) => {
    const days = daysOf({
      sections: moments.map(section),
      timeZones: [since('2020-01-01T00:00:00Z', timeZone)],
    });

    expect(deriveStreak(days, days.at(-1) ?? '').currentDays).toBe(3);
    expect(deriveStreak(days, days.at(-1) ?? '').frozenDays).toEqual([]);
  });

  it('does not change past days when the time zone changes', () => {
    const sections = [section('2026-11-23T23:30:00Z'), section('2026-11-24T23:30:00Z')];
    const home = [since('2020-01-01T00:00:00Z', 'Europe/London')];
    const journey = [...home, since('2026-11-24T12:00:00Z', 'Asia/Tokyo')];

    expect(daysOf({ sections, timeZones: home })).toEqual(['2026-11-23', '2026-11-24']);
    expect(daysOf({ sections, timeZones: journey })).toEqual(['2026-11-23', '2026-11-25']);
  });

  it('covers the day lost at the date line with a freeze', () => {
    const days = daysOf({
      // Evening in Los Angeles, then, 20 hours later, noon two calendar days on in Tokyo.
      sections: [section('2026-11-24T06:00:00Z'), section('2026-11-25T02:00:00Z')],
      timeZones: [
        since('2020-01-01T00:00:00Z', 'America/Los_Angeles'),
        since('2026-11-24T20:00:00Z', 'Pacific/Kiritimati'),
      ],
    });

    expect(days).toEqual(['2026-11-23', '2026-11-25']);
    expect(deriveStreak(days, '2026-11-25')).toMatchObject({ currentDays: 2, frozenDays: ['2026-11-24'] });
  });

  it('counts a day once when flying west repeats it', () => {
    const days = daysOf({
      sections: [section('2026-11-24T01:00:00Z'), section('2026-11-24T20:00:00Z')],
      timeZones: [
        since('2020-01-01T00:00:00Z', 'Asia/Tokyo'),
        since('2026-11-24T10:00:00Z', 'America/Los_Angeles'),
      ],
    });

    expect(days).toEqual(['2026-11-24']);
  });
});
