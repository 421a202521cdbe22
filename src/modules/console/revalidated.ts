/** Cache-Control for files that change with a release: the browser keeps them, and each reuse passes the gate again. */
export const REVALIDATED = 'private, no-cache';
