import { aChapter } from 'src/modules/chapters/testing/chapter.factory';
import { anAccess, PLANS } from 'src/modules/chapters/testing/payments.fake';
import { buildLockedBody, describeLocked, type Locked } from './locked-body';

const chapter = aChapter({ position: 4, tier: 'premium' });
const aLocked = (overrides: Partial<Locked> = {}): Locked => ({
  resource: { type: 'chapter', id: chapter.id, title: chapter.title },
  chapter,
  access: anAccess(),
  plans: PLANS,
  publicUrl: 'https://course.example',
  ...overrides,
});
const lapsed = anAccess({
  state: 'expired',
  reason: 'canceled',
  until: new Date('2026-11-01T00:00:00Z'),
  nextAction: 'subscribe',
});

describe('buildLockedBody', () => {
  it('contains the preview and the upgrade', () => {
    expect(buildLockedBody(aLocked())).toEqual({
      required_tier: 'premium',
      current_tier: 'free',
      resource: { type: 'chapter', id: 'chapter-4', title: 'Title of chapter-4' },
      preview: {
        introduction: 'Introduction of chapter-4.',
        objectives: ['One', 'Two', 'Three', 'Four'],
        section_titles: [1, 2, 3, 4, 5].map((n) => `Part ${n} of chapter-4`),
      },
      upgrade: {
        operation_id: 'createCheckoutSession',
        plans: [
          { plan: 'monthly', interval: 'month', amount_minor: 999, currency: 'usd' },
          { plan: 'yearly', interval: 'year' },
        ],
      },
      next_action: 'subscribe',
      next_operation_id: 'createCheckoutSession',
    });
  });

  it('names the operation and the page that pay what is owed', () => {
    const access = anAccess({ state: 'past_due', nextAction: 'update_payment_method' });

    expect(buildLockedBody(aLocked({ access }))).toMatchObject({
      next_action: 'update_payment_method',
      next_operation_id: 'openBillingPortal',
      next_url: 'https://course.example/account/pay',
    });
  });

  it('names the end of access when it has lapsed', () => {
    expect(buildLockedBody(aLocked({ access: lapsed }))).toHaveProperty(
      'access_until',
      '2026-11-01T00:00:00.000Z',
    );
  });

  it.each(['chapter', 'section', 'quiz', 'search'] as const)(
    'is the same for a %s except for the resource',
    (type) => {
      const ofChapter = buildLockedBody(aLocked());
      const resource = { type, id: 'x', title: 'y' };

      expect(buildLockedBody(aLocked({ resource }))).toEqual({ ...ofChapter, resource });
    },
  );

  it('contains no text of any section', () => {
    const locked = aLocked({ access: lapsed });

    const shown = JSON.stringify([buildLockedBody(locked), describeLocked(locked)]);

    expect(shown.toLowerCase()).not.toContain('secret sentence');
    for (const { body } of chapter.sections) expect(shown).not.toContain(body);
  });
});

describe('describeLocked', () => {
  it('names the chapter of a section', () => {
    const resource = { type: 'section', id: 's', title: 'Part 1' } as const;

    expect(describeLocked(aLocked({ resource }))).toBe(
      '"Part 1" in "Title of chapter-4" is part of the premium course. The preview shows what is in it.',
    );
  });

  it('says that access has ended when it has', () => {
    expect(describeLocked(aLocked({ access: lapsed }))).toContain('premium access has ended');
  });
});
