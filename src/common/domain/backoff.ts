const BASE_MS = 1000;
const CAP_MS = 10 * 60 * 1000;
const OUTAGE_CAP_MS = 30 * 1000;

/**
 * Exponential delay with jitter in milliseconds: between half and all of 1 s, 2 s, 4 s ... 10 min, so that what failed
 * together is not retried together. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  return jittered(Math.min(BASE_MS * 2 ** Math.min(failures, 20), CAP_MS), random);
}

/** During an outage the wait stays short: it ends for everybody at once and costs no attempt. */
export function outageBackoffMs(outages: number, random: number): number {
  return jittered(Math.min(BASE_MS * 2 ** Math.min(outages, 20), OUTAGE_CAP_MS), random);
}

const jittered = (ms: number, random: number): number => Math.round(ms / 2 + (ms / 2) * random);
