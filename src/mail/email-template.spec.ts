import { composeEmail } from './email-template';

const EMAIL = {
  subject: 'Your <address> & you',
  paragraphs: ['Hello "Ada" <ada>,', 'a second paragraph.'],
  button: { label: 'Confirm & go', url: 'https://course.test/verify-email?token=a&b' },
  afterwards: ['It works for 24 hours.'],
  footer: ['Course Companion', 'https://course.test'],
};

describe('composeEmail', () => {
  it('says the same in plain text and in HTML', () => {
    const { subject, text, html } = composeEmail(EMAIL);

    expect(subject).toBe(EMAIL.subject);
    expect(text).toBe(
      [
        'Hello "Ada" <ada>,',
        '',
        'a second paragraph.',
        '',
        'Confirm & go:',
        'https://course.test/verify-email?token=a&b',
        '',
        'It works for 24 hours.',
        '',
        '-- ',
        'Course Companion',
        'https://course.test',
        '',
      ].join('\n'),
    );
    for (const part of [
      'a second paragraph.',
      'It works for 24 hours.',
      'Course Companion<br>https://course.test',
    ]) {
      expect(html).toContain(part);
    }
    expect(html).toContain('href="https://course.test/verify-email?token=a&amp;b"');
  });

  it('lets nothing that a person wrote become markup', () => {
    const { html } = composeEmail(EMAIL);

    expect(html).toContain('Hello &quot;Ada&quot; &lt;ada&gt;,');
    expect(html).not.toMatch(/<ada>|<address>/);
  });

  it('shows details as a table, and as lines in plain text', () => {
    const details = [
      { label: 'Paid', value: '9.99 <USD>' },
      { label: 'Date', value: '1 March 2027' },
    ];
    const { text, html } = composeEmail({ ...EMAIL, details });

    expect(text).toContain('a second paragraph.\n\nPaid: 9.99 <USD>\nDate: 1 March 2027\n\nConfirm & go:');
    expect(html).toMatch(/<th[^>]*>Paid<\/th><td[^>]*>9\.99 &lt;USD&gt;<\/td>/);
    expect(composeEmail(EMAIL).html).not.toContain('<table');
  });

  it('fetches nothing and links to nothing but what it is about', () => {
    const { html } = composeEmail(EMAIL);

    expect(html).not.toMatch(/<img|<link|<script|url\(|src=/i);
    expect(html.match(/href=/g)).toHaveLength(1);
    expect(composeEmail({ ...EMAIL, button: undefined }).html).not.toContain('href=');
  });
});
