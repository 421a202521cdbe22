import { privacyPage } from './privacy.view';
import { termsPage } from './terms.view';

const SITE = { publicUrl: 'https://course.test', contactEmail: '"help"@<course>.test' };
const DAY_MS = 24 * 60 * 60 * 1000;

describe('the privacy policy', () => {
  it('contains the contact, escaped, and links to the terms', () => {
    const html = privacyPage(SITE);

    expect(html).toContain('&quot;help&quot;@&lt;course&gt;.test');
    expect(html).not.toContain('<course>');
    expect(html).toContain('href="/terms"');
  });
});

describe('the terms', () => {
  const terms = (days: number, disputes: 'revoke' | 'keep' = 'revoke') =>
    termsPage({ ...SITE, pastDueGraceMs: days * DAY_MS, disputes });

  it.each([
    [14, 'stays available for 14 days after a failed renewal'],
    [1, 'stays available for a day after a failed renewal'],
    [0, 'If it still fails, premium ends.'],
    [0.5, 'If it still fails, premium ends.'],
  ])('promise the configured grace period: %d days', (days, expected) => {
    expect(terms(days)).toContain(expected);
  });

  it('speak of open disputes only where they close premium', () => {
    expect(terms(14, 'revoke')).toContain('While a payment is disputed at your bank');
    expect(terms(14, 'keep')).not.toContain('While a payment is disputed');
  });

  it('link to the privacy policy', () => {
    expect(terms(14)).toContain('href="/privacy"');
  });
});
