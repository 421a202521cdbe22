import type { Access, PlansService } from 'src/modules/payments';
import { SAMPLE_COURSE } from 'src/modules/chapters/testing/course.fake';
import { FixedClock, learningAfter } from 'src/modules/chapters/testing/learning.fake';
import { onDay, Story } from 'src/modules/chapters/testing/learning.factory';
import { anAccess, FakeEntitlements, PLANS } from 'src/modules/chapters/testing/payments.fake';
import { NextStepService } from './next-step.service';

const [one, two, three] = SAMPLE_COURSE.chapters;
if (!one || !two || !three) throw new Error('the sample course has lost a chapter');

function setUp(
  story: Story,
  { access = anAccess(), now = onDay(9) }: { access?: Access | Error; now?: Date } = {},
) {
  let asked = 0;
  const plans = {
    listPlans: () => {
      asked += 1;
      return Promise.resolve([...PLANS]);
    },
  } as unknown as PlansService;
  const service = new NextStepService(
    learningAfter(story.tell(), now),
    new FakeEntitlements(access).asService(),
    plans,
    new FixedClock(now),
  );
  return { step: () => service.getNextStep('u'), countPlanQuestions: () => asked };
}

describe('NextStepService', () => {
  it('offers the upgrade with the plans and the current access', async () => {
    const access = anAccess({ until: onDay(5), nextAction: 'subscribe' });
    const { step } = setUp(new Story().finishes(one, { day: 0 }).finishes(two, { day: 0 }), { access });

    expect(await step()).toEqual({
      step: { kind: 'upgrade', chapter: three },
      notBefore: undefined,
      upgrade: { chapter: three, access, plans: PLANS },
    });
  });

  it('loads no plans when the next step is not an upgrade', async () => {
    const { step, countPlanQuestions } = setUp(new Story());

    expect((await step()).step.kind).toBe('start_chapter');
    expect(countPlanQuestions()).toBe(0);
  });

  it('says when the cooldown ends, and nothing afterwards', async () => {
    const failed = new Story().reads(one, { day: 0 }).scores(one, { day: 0, percent: 10 });
    const minutesLater = (minutes: number) => new Date(onDay(0).getTime() + minutes * 60_000);

    expect(await setUp(failed, { now: minutesLater(1) }).step()).toMatchObject({
      step: { kind: 'take_quiz' },
      notBefore: minutesLater(2),
    });
    expect((await setUp(failed, { now: minutesLater(3) }).step()).notBefore).toBeUndefined();
  });

  it('throws when access cannot be read', async () => {
    const outage = new Error('the database is unavailable');

    await expect(setUp(new Story(), { access: outage }).step()).rejects.toBe(outage);
  });
});
