import { loadCourse } from 'src/modules/chapters';
import { frontPage, type FrontPage } from './front-page.view';

const PLANS: FrontPage['plans'] = [
  { plan: 'monthly', interval: 'month', amountMinor: 999, currency: 'usd' },
  { plan: 'yearly', interval: 'year', amountMinor: 9599, currency: 'usd' },
];

describe('frontPage', () => {
  const show = async (changes: Partial<FrontPage> = {}) => {
    const { title, chapters } = await loadCourse('content');
    return frontPage({ title, chapters, plans: PLANS, chatgptUrl: 'https://chatgpt.com/g/g-1', ...changes });
  };

  it('lists every chapter with its tier, and leads to the GPT', async () => {
    const html = await show();

    const { chapters } = await loadCourse('content');
    for (const { title } of chapters) expect(html).toContain(`<strong>${title}</strong>`);
    expect(html.match(/class="free"/g)).toHaveLength(3);
    expect(html.match(/class="premium"/g)).toHaveLength(3);
    expect(html).toContain('href="https://chatgpt.com/g/g-1">Open in ChatGPT');
  });

  it('shows the public prices and what a year saves', async () => {
    const html = await show();

    expect(html).toContain('$9.99 <small>a month');
    expect(html).toContain('$95.99 <small>a year');
    expect(html).toContain('19% less than twelve months');
  });

  it('shows no price and no saving while the prices are unknown', async () => {
    const html = await show({ plans: PLANS.map(({ plan, interval }) => ({ plan, interval })) });

    expect(html.match(/Shown before you pay/g)).toHaveLength(2);
    expect(html).not.toMatch(/NaN|undefined|less than twelve/);
  });

  it('contains a free sample and no premium text', async () => {
    const html = await show();
    const { chapters } = await loadCourse('content');

    expect(html).toContain('What generative AI is');
    for (const { sections } of chapters.filter(({ tier }) => tier === 'premium')) {
      for (const { body } of sections) expect(html).not.toContain(body.slice(0, 60));
    }
  });

  it('has no sample when the first chapter is premium', async () => {
    const { chapters } = await loadCourse('content');
    expect(await show({ chapters: chapters.slice(3) })).not.toContain('Read a sample');
  });
});
