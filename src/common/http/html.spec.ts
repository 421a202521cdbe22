import { html, trustedHtml } from './html';

describe('html', () => {
  it('escapes inserted text, also in attributes and lists', () => {
    const evil = `"><script>alert('1')</script>`;

    const text = html`<a title="${evil}">${[evil, 1]}</a>`.toString();

    expect(text).not.toContain('<script>');
    expect(text.match(/&lt;script&gt;/g)).toHaveLength(2);
    expect(text).not.toContain(`"">`);
  });

  it('keeps markup that was made the same way, at any depth', () => {
    const rows = ['a', '<b>'].map((name) => html`<i>${name}</i>`);

    expect(html`<b>${rows}</b>`.toString()).toBe('<b><i>a</i><i>&lt;b&gt;</i></b>');
    expect(html`${trustedHtml('<svg></svg>')}${undefined}`.toString()).toBe('<svg></svg>');
  });
});
