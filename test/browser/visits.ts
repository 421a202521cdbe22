import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium';
import { Visit, type Device } from './visit';

/** One Chromium for a spec, with a visit per person. */
export interface Visits {
  readonly visit: (device?: Device) => Promise<Visit>;
}

/**
 * Call it first in a `describe`: starts Chromium, ends all visits after each test, and fails the test in which a page
 * complained. `expected`: what Chromium says in red about pages that answer with an error status on purpose.
 */
export function useVisits(expected: RegExp): Visits {
  let browser: Browser | undefined;
  const visits: Visit[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    const errors = visits.flatMap((visit) => visit.errors).filter((error) => !expected.test(error));
    await Promise.all(visits.splice(0).map((visit) => visit.end()));
    expect(errors).toEqual([]);
  });
  afterAll(() => browser?.close());
  return {
    visit: async (device) => {
      if (browser === undefined) throw new Error('Chromium was not started');
      const started = await Visit.start(browser, device);
      visits.push(started);
      return started;
    },
  };
}
