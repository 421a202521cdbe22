const BASE_MS = 1000;
const CAP_MS = 10 * 60 * 1000;
const OUTAGE_CAP_MS = 30 * 1000;

/**
 * Exponential delay with jitter, in milliseconds: between half and all of 1 s, 2 s, 4 s ... 10 min. The jitter keeps
 * failures of the same moment from being retried at the same moment. `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number): number {
  return jittered(Math.min(BASE_MS * 2 ** Math.min(failures, 20), CAP_MS), random);
}

/** The delay stays short during an outage, because all work can resume when it is over. It uses up no attempt. */
export function outageBackoffMs(outages: number, random: number): number {
  return jittered(Math.min(BASE_MS * 2 ** Math.min(outages, 20), OUTAGE_CAP_MS), random);
}

const jittered = (ms: number, random: number): number => Math.round(ms / 2 + (ms / 2) * random);
