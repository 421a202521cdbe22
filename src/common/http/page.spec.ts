import { createHash } from 'node:crypto';
import { page, type Page } from './page';
import { PAGE_STYLE_SOURCE } from './page-style';

const SAMPLE: Page = {
  title: 'Title',
  text: 'Text',
  tone: 'neutral',
  link: { href: 'https://chatgpt.com/?payment=success', label: 'Back' },
};

describe('page', () => {
  it('escapes everything that is inserted', () => {
    const evil = `<script>alert("1")</script>'&`;
    const html = page({
      ...SAMPLE,
      title: evil,
      text: evil,
      link: { href: evil, label: evil },
      secondLink: { href: evil, label: evil },
      reference: evil,
    });

    expect(html).not.toContain('<script');
    expect(html).not.toContain(`'&`);
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
  });

  it('contains exactly the style that the content security policy allows', () => {
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page(SAMPLE)) ?? [];

    expect(`'sha256-${createHash('sha256').update(style).digest('base64')}'`).toBe(PAGE_STYLE_SOURCE);
  });

  it('needs nothing that the policy blocks: no script, no style attribute, no resource of another origin', () => {
    expect(page(SAMPLE)).not.toMatch(/<script|\sstyle=|\son\w+=|src=|@import|url\(/);
  });

  it('reloads by itself only when it has an interval', () => {
    expect(page(SAMPLE)).not.toContain('http-equiv');
    expect(page({ ...SAMPLE, refreshSeconds: 3 })).toContain('<meta http-equiv="refresh" content="3">');
  });
});
