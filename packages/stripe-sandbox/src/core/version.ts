/** The API version of every object and event here, and the first whose callers are held to its parameters. */
export const API_VERSION = '2026-10-28.endive';

/** Whether a caller declares the current version (or a newer one); a caller that declares none, like the CLI, does not. */
export function isCurrent(declared: string | undefined): boolean {
  return declared !== undefined && declared.slice(0, 10) >= API_VERSION.slice(0, 10);
}
