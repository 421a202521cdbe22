import { currentProcess, type SimProcess } from '../kernel/process';
import type { World } from './world';
import type { Mail } from './wiring';

interface Sending {
  readonly messageId: string;
  readonly subject: string;
  readonly by: SimProcess;
  readonly atMs: number;
  hasFailed: boolean;
}

// A claim is void after 120 s, counted from before the process may have stood still, or waited for a slow database.
const CLAIM_MS = 80_000;

/** The mail server, and what it was given. */
export class Mails {
  readonly sent: Sending[] = [];

  constructor(private readonly world: World) {}

  send(mail: Mail): Promise<void> {
    const by = currentProcess();
    if (by === undefined) throw new Error('only simulated processes send mail');
    const { scheduler, random } = this.world;
    return new Promise((resolve, reject) => {
      scheduler.schedule(random.latency(30), () => {
        if (!by.passBoundary('sending a mail')) return;
        const hasFailed = this.world.isTroubled && random.chance(this.world.profile.mailFailure);
        // A failure says nothing about whether the mail arrived.
        if (!hasFailed || random.chance(0.5))
          this.accept({
            messageId: mail.messageId,
            subject: mail.subject,
            by,
            atMs: scheduler.nowMs,
            hasFailed,
          });
        const answer = (): void => {
          if (!by.passBoundary('the answer of the mail server')) return;
          if (hasFailed) reject(new Error('the mail server did not answer'));
          else resolve();
        };
        scheduler.schedule(random.latency(30), answer, { owner: by });
      });
    });
  }

  private accept(sending: Sending): void {
    this.world.tell(sending.by.name, `sends the mail "${sending.subject}"`);
    const needless = this.sent.find(
      ({ messageId, by, atMs, hasFailed }) =>
        messageId === sending.messageId && by.isAlive && !hasFailed && sending.atMs - atMs < CLAIM_MS,
    );
    if (needless !== undefined) {
      this.world.violate(
        'I2',
        `the mail "${sending.subject}" was sent twice, although ${needless.by.name} had sent it`,
      );
    }
    this.sent.push(sending);
  }
}
