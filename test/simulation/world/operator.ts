import { ConnectionError } from './server';
import type { Student } from './student';
import { statusOf, type WebParts } from './wiring';
import type { World } from './world';

const PATIENCE_MS = 45_000;

class ChangedMind extends Error {}

/** Grants and revokes, replays dead events, and causes emails: everything else that writes while students pay. */
export class Operator {
  userId = '';
  /** Subjects of emails that were promised by a committed transaction, and of those whose transaction was rolled back. */
  readonly promised: string[] = [];
  readonly withdrawn: string[] = [];
  private readonly grantIds: string[] = [];
  private left = 0;
  private mails = 0;

  constructor(private readonly world: World) {}

  get isDone(): boolean {
    return this.left <= 0;
  }

  async register(): Promise<void> {
    const create = ({ users }: WebParts) =>
      users.create({ email: 'operator@example.com', fullName: 'Operator', role: 'operator' });
    const user = await this.ask(create);
    if (user === undefined) throw new Error('registering failed without any trouble');
    this.userId = user.id;
  }

  begin(actions: number, students: readonly Student[]): void {
    this.left = actions;
    this.liveOn(students);
  }

  private liveOn(students: readonly Student[]): void {
    const { scheduler, random } = this.world;
    if (this.isDone) return;
    scheduler.schedule(random.latency(2000), () => {
      void this.act(random.pick(students)).then(() => {
        this.left -= 1;
        this.liveOn(students);
      });
    });
  }

  /** What an operator does about an alarm. True when there was nothing to replay. */
  async replayDead(): Promise<number> {
    const ids = await this.ask(({ replay }) => replay.replayDead(100));
    return ids?.length ?? 0;
  }

  private async act(student: Student): Promise<void> {
    const act = this.world.random.weighted({ mail: 4, grant: 2, revoke: 2, replay: 1 });
    if (act === 'mail') return this.causeMail(student);
    if (act === 'grant') return this.grant(student);
    if (act === 'revoke') return this.revoke();
    await this.replayDead();
  }

  private async grant(student: Student): Promise<void> {
    const days = this.world.random.pick([undefined, 1, 10, 40]);
    const endsAt = days === undefined ? undefined : new Date(this.world.businessMs + days * 86_400_000);
    const request = { userId: student.userId, operatorId: this.userId, reason: 'simulated', endsAt };
    this.world.tell(
      'operator',
      `grants access to ${student.name}${days === undefined ? '' : ` for ${days} days`}`,
    );
    const grant = await this.ask(({ grants }) => grants.grant(request));
    if (grant !== undefined) this.grantIds.push(grant.id);
  }

  private async revoke(): Promise<void> {
    const grantId = this.grantIds.shift();
    if (grantId === undefined) return;
    this.world.tell('operator', `revokes grant ${grantId}`);
    await this.ask(({ grants }) => grants.revoke(grantId, this.userId));
  }

  /** A fact and its mail in one transaction, committed or not. */
  private async causeMail(student: Student): Promise<void> {
    this.mails += 1;
    const subject = `mail ${this.mails}`;
    const isWithdrawn = this.world.random.chance(0.3);
    const content = { subject, text: subject, html: subject };
    try {
      const request = this.world.random.pick(this.world.webs).request(
        ({ database, outbox }) =>
          database.transaction(async () => {
            await outbox.add({
              key: `simulated:${this.mails}`,
              to: student.email,
              userId: student.userId,
              content,
            });
            if (isWithdrawn) throw new ChangedMind();
          }),
        PATIENCE_MS,
      );
      await request;
      this.promised.push(subject);
    } catch (error) {
      if (error instanceof ChangedMind) this.withdrawn.push(subject);
    }
  }

  private async ask<T>(handle: (parts: WebParts) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.world.random.pick(this.world.webs).request(handle, PATIENCE_MS);
    } catch (error) {
      if (!(error instanceof ConnectionError) && statusOf(error) === 500) {
        this.world.violate(
          'I9',
          `an operator's request ended in ${error instanceof Error ? error.stack : String(error)}`,
        );
      }
      return undefined;
    }
  }
}
