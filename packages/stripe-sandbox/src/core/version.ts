import { invalid } from './errors';

/** The API version of every object and event here. */
export const API_VERSION = '2026-10-28.endive';

const FORMAT = /^20\d{2}-\d{2}-\d{2}(\.(acacia|basil|clover|dahlia|endive|preview))?$/;

/** 400 for a declared version that Stripe never had. */
export function checkVersion(declared: string | undefined): void {
  if (declared === undefined || FORMAT.test(declared)) return;
  throw invalid(`Invalid Stripe API version: ${declared}`);
}

/** Whether a caller declares the current version (or a newer one). A caller that declares none, like the CLI, gets older parameters too. */
export function isCurrent(declared: string | undefined): boolean {
  return declared !== undefined && declared.slice(0, 10) >= API_VERSION.slice(0, 10);
}
