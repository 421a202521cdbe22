import { HEALTHY, PROVOKED } from '../../../../test/factories/alert-facts.factory';
import { ALERT_CLASSES, DEFAULT_THRESHOLDS, detectAlerts } from './alert-classes';

const alertsOf = (facts: typeof HEALTHY) => detectAlerts(facts, DEFAULT_THRESHOLDS).map(({ alert }) => alert);

describe('detectAlerts', () => {
  it('finds nothing in a healthy system', () => {
    expect(detectAlerts(HEALTHY, DEFAULT_THRESHOLDS)).toEqual([]);
  });

  it('is provoked here for every class', () => {
    expect(Object.keys(PROVOKED).sort()).toEqual([...ALERT_CLASSES].sort());
  });

  it.each(ALERT_CLASSES)('finds %s, and says why', (alert) => {
    const facts = { ...HEALTHY, ...PROVOKED[alert] };
    const found = detectAlerts(facts, DEFAULT_THRESHOLDS).find((detected) => detected.alert === alert);

    expect(found?.reason).toMatch(/\w+ \w+/);
  });

  it('opens one incident per dispute', () => {
    const found = detectAlerts({ ...HEALTHY, openDisputes: ['dp_1', 'dp_2'] }, DEFAULT_THRESHOLDS);

    expect(found.map(({ key }) => key)).toEqual(['dp_1', 'dp_2']);
  });

  it('does not expect deliveries when no money moves', () => {
    expect(alertsOf({ ...HEALTHY, inbox: { ...HEALTHY.inbox, deliveredMs: 30 * 86_400_000 } })).toEqual([]);
  });

  it('accepts many failed payments where many are usual', () => {
    const inbox = { ...HEALTHY.inbox, failedPaymentsLastHour: 50, failedPaymentsUsual: 40 };

    expect(alertsOf({ ...HEALTHY, inbox })).toEqual([]);
  });

  it('raises nothing about Stripe before Stripe was asked, and nothing about Redis where there is none', () => {
    expect(
      alertsOf({ ...HEALTHY, stripe: undefined, redis: 'not_configured', redisPolicy: undefined }),
    ).toEqual([]);
  });
});
