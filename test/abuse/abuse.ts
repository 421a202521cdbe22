import fc from 'fast-check';
import { readDocument } from '../support/openapi-validator';
import { takeViolations } from '../support/watched-answers';
import type { Oracles } from './oracles';
import { asCurl, type AbuseRequest } from './request';
import { abuseRequests } from './requests';
import type { WireAnswer } from './wire';
import type { World } from './world';

export interface AbuseOptions {
  readonly seed: number;
  readonly count: number;
}

/** Sends generated requests one after the other, so that what an answer or a row shows has one cause. */
export class Abuse {
  /** How often each status was answered. */
  readonly statuses = new Map<number, number>();
  private digests: ReadonlyMap<string, string> | undefined;

  constructor(
    private readonly world: World,
    private readonly oracles: Oracles,
  ) {}

  /** Throws with the smallest request that still does wrong, as a command, and with the seed. */
  async run({ seed, count }: AbuseOptions): Promise<void> {
    const property = fc.asyncProperty(abuseRequests(readDocument(), this.world.known), async (request) => {
      const complaints = await this.attempt(request);
      if (complaints.length > 0) throw new Error(complaints.join('\n'));
    });
    const outcome = await fc.check(property, { seed, numRuns: count });
    if (!outcome.failed) return;
    const [request] = outcome.counterexample ?? [];
    const { errorInstance: error } = outcome;
    throw new Error(
      [
        `after ${outcome.numRuns} requests, shrunk ${outcome.numShrinks} times, seed ${outcome.seed}:`,
        error instanceof Error ? error.message : String(error),
        ...(request === undefined ? [] : [asCurl(request, this.world.app.apiUrl)]),
        `again: npm run abuse -- --seed ${outcome.seed} --count ${count}`,
      ].join('\n'),
    );
  }

  /** One request and everything that is wrong with what came of it. */
  async attempt(request: AbuseRequest): Promise<string[]> {
    this.digests ??= await this.world.digests();
    takeViolations();
    const answer = await this.sendSignedIn(request);
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
    const complaints = [
      ...this.oracles.judge(request, answer),
      ...takeViolations(),
      ...(await this.changesOfOthers(request)),
    ];
    return [...new Set(complaints)];
  }

  /** An actor who has signed out signs in again; then the answer counts. */
  private async sendSignedIn(request: AbuseRequest): Promise<WireAnswer> {
    const answer = await this.world.send(request);
    if (answer.status !== 401) return answer;
    await this.world.signIn(request.actor);
    return this.world.send(request);
  }

  private async changesOfOthers({ actor }: AbuseRequest): Promise<string[]> {
    const before = this.digests ?? new Map<string, string>();
    const after = (this.digests = await this.world.digests());
    if (actor === 'operator') return [];
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (name) => before.get(name) !== after.get(name),
    );
    return this.world.victims
      .filter((victim) => victim.actor !== actor)
      .flatMap(({ id, actor: owner }) =>
        changed
          .filter((name) => name.endsWith(id))
          .map((name) => `${actor} has changed ${name.split(' ', 1)[0]} of ${owner} ${id}`),
      );
  }
}
