/** Cache-Control of files that change with a release only: kept by the browser, but whoever asks again passes the gate again. */
export const REVALIDATED = 'private, no-cache';
