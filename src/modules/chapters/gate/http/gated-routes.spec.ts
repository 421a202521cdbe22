import { GUARDS_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import { ChaptersModule } from 'src/modules/chapters/chapters.module';
import { PremiumGuard } from './premium.guard';

// Routes that show nothing but what the preview shows, or that ask the access rule themselves (search: its e2e test looks
// for every premium sentence). A new name here is a decision about money.
const SHOWS_NO_CONTENT = [
  'SearchController.searchChapters',
  'SearchController.getGlossaryTerm',
  'ChaptersController.list',
  'CertificateController.getCertificate',
  'CertificatePagesController.show',
  'CourseGuideController.getCourse',
  'CourseGuideController.getNextStep',
  'ProgressReportController.getProgress',
  'ProgressReportController.setTimeZone',
];

interface Route {
  readonly name: string;
  readonly guards: readonly unknown[];
}

function listRoutes(): Route[] {
  const controllers = Reflect.getMetadata('controllers', ChaptersModule) as {
    name: string;
    prototype: object;
  }[];
  return controllers.flatMap(({ name, prototype }) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([, { value }]) => typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value))
      .map(([method, { value }]) => ({
        name: `${name}.${method}`,
        guards: (Reflect.getMetadata(GUARDS_METADATA, value as object) as unknown[] | undefined) ?? [],
      })),
  );
}

describe('the routes of the chapters module', () => {
  it('are protected by PremiumGuard, except the list', () => {
    const open = listRoutes().filter(({ guards }) => !guards.includes(PremiumGuard));

    expect(open.map(({ name }) => name)).toEqual(SHOWS_NO_CONTENT);
  });

  it('are seen by this test', () => {
    expect(listRoutes().length).toBeGreaterThanOrEqual(4);
  });
});
