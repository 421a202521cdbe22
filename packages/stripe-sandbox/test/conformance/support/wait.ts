const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 3_000;
const LONGEST_WAIT_MS = 8 * 60_000;

/** Generous: an advance of a real test clock takes minutes at times. */
export const TEST_TIMEOUT_MS = 15 * 60_000;

/** Asks again, after growing pauses, until there is an answer. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Timed out waiting for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
