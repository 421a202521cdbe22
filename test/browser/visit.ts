import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export const WIDTHS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
export type Device = keyof typeof WIDTHS;

const PICTURES = join(__dirname, 'pictures');

/** One person with a browser of their own. Addresses off this machine are answered here and remembered. */
export class Visit {
  /** Addresses off this machine that were asked for. */
  readonly left: string[] = [];
  /** What a developer would see in red. */
  readonly errors: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly device: Device,
  ) {}

  static async start(browser: Browser, device: Device = 'desktop'): Promise<Visit> {
    const context = await browser.newContext({ viewport: WIDTHS[device], colorScheme: 'light' });
    const visit = new Visit(context, await context.newPage(), device);
    await context.route(
      (url) => url.hostname !== '127.0.0.1',
      async (route) => {
        visit.left.push(route.request().url());
        await route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' });
      },
    );
    visit.listen(visit.page);
    // Windows that a page opens are the same person's.
    context.on('page', (opened) => visit.listen(opened));
    return visit;
  }

  private listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(error.message));
  }

  async end(): Promise<void> {
    await this.context.close();
  }

  heading(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  async fillCard(number: string): Promise<void> {
    await this.page.getByLabel('Card number').fill(number);
    await this.page.getByLabel('Expiry').fill('12 / 34');
    await this.page.getByLabel('CVC').fill('123');
    await this.page.getByLabel('Name on card').fill('Ada Student');
  }

  async subscribe(number: string): Promise<void> {
    await this.fillCard(number);
    await this.page.getByRole('button', { name: /^Subscribe/ }).click();
  }

  /** For the eyes: test/browser/pictures/<name>-<device>.png, the whole page or what fits on the screen. */
  async picture(name: string, { fullPage = true } = {}): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}-${this.device}.png`), fullPage });
  }
}
