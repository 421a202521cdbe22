import { adviceOn, toPublicDeclineCode } from './decline';

describe('declines', () => {
  it.each(['lost_card', 'stolen_card', 'fraudulent'])('never accuses the payer: %s', (code) => {
    expect(toPublicDeclineCode(code)).toBe('generic_decline');
  });

  it.each(['insufficient_funds', 'expired_card', 'generic_decline', 'a_code_of_tomorrow', 'constructor'])(
    'says what to do about %s',
    (code) => {
      expect(adviceOn(toPublicDeclineCode(code))).toMatch(/\.$/);
    },
  );
});
