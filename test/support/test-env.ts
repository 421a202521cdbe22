/** How jest's main process tells its workers where the test services are. */
export const TEST_ENV = {
  postgresUrl: 'TEST_POSTGRES_URL',
  redisUrl: 'TEST_REDIS_URL',
  template: 'TEST_TEMPLATE_DB',
  templateError: 'TEST_TEMPLATE_ERROR',
} as const;

export const TEMPLATE_DATABASE = 'course_companion_template';

export function getTestPostgresUrl(): string {
  const url = process.env[TEST_ENV.postgresUrl];
  if (url !== undefined) return url;
  throw new Error(
    'no test PostgreSQL: this test belongs to a jest project with test/support/global-setup.ts',
  );
}
