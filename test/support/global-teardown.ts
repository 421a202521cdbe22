import './global-setup';

/** Stops what global-setup started. Jest calls it once per project; the second call finds nothing to do. */
export default async function globalTeardown(): Promise<void> {
  const services = globalThis.courseCompanionTestServices;
  globalThis.courseCompanionTestServices = undefined;
  await (await services)?.stop();
}
