import { setTimeout as sleep } from 'node:timers/promises';
import { pay, Student } from '../support/student';
import { deliver, eventBody } from '../support/webhook';
import type { Random } from './random';
import type { World } from './world';

/** What the load did and was promised. */
export interface Ledger {
  /** Event ids that were answered with 2xx. */
  readonly acknowledged: string[];
  /** Answers of 5xx other than 503. */
  readonly serverErrors: string[];
  sent: number;
  purchases: number;
  changes: number;
}

/** Signed events at a rate, some of them twice; students who buy, cancel and resume. */
export class Load {
  readonly ledger: Ledger = { acknowledged: [], serverErrors: [], sent: 0, purchases: 0, changes: 0 };
  readonly students: Student[] = [];
  private running = false;
  private readonly tasks: Promise<void>[] = [];

  constructor(
    private readonly world: World,
    private readonly random: Random,
  ) {}

  async enrol(count: number): Promise<void> {
    for (let index = 0; index < count; index++) this.students.push(await Student.register(this.world.apiUrl));
  }

  start(eventsPerSecond: number): void {
    this.running = true;
    this.tasks.push(this.sendEvents(1000 / eventsPerSecond));
    for (const student of this.students) this.tasks.push(this.study(student));
  }

  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.tasks);
  }

  /** Sends one event as often as it takes, as Stripe does. */
  async send(id: string, customer: string): Promise<boolean> {
    const object = { id: `in_${id}`, object: 'invoice', customer };
    const body = eventBody({ id, type: 'invoice.paid', object });
    this.ledger.sent += 1;
    const status = await deliver(this.world.apiUrl, body).then(
      (answer) => answer.status,
      () => 0,
    );
    this.note('webhook', status);
    if (status === 200) this.ledger.acknowledged.push(id);
    return status === 200;
  }

  private async sendEvents(everyMs: number): Promise<void> {
    const sending = new Set<Promise<unknown>>();
    for (let count = 0; this.running; count++) {
      const deliveries = this.random.next() < 0.1 ? 2 : 1;
      for (let delivery = 0; delivery < deliveries; delivery++) {
        const task = this.send(`evt_load_${count}`, `cus_${count % 50}`);
        sending.add(task);
        void task.finally(() => sending.delete(task));
      }
      await sleep(everyMs);
      // A frozen process must not make the load itself run out of sockets.
      while (sending.size > 200) await Promise.race(sending);
    }
    await Promise.all(sending);
  }

  private async study(student: Student): Promise<void> {
    while (this.running) {
      await this.act(student).catch(() => undefined);
      await sleep(this.random.between(300, 1500));
    }
  }

  private async act(student: Student): Promise<void> {
    const status = await student.status();
    this.note('status', status.status);
    if (status.status !== 200) return;
    if (status.body['is_premium'] !== true) {
      const { sessionId } = await student.checkout();
      await pay(this.world.stripe, sessionId);
      this.ledger.purchases += 1;
      return;
    }
    const path = this.random.pick(['/payments/cancel-subscription', '/payments/resume-subscription']);
    const answer = await student.post(path);
    this.note(path, answer.status);
    this.ledger.changes += 1;
    const subscription = status.body['subscription_id'];
    if (this.random.next() < 0.2 && typeof subscription === 'string')
      await this.world.stripe.subscriptions.cancel(subscription);
  }

  private note(what: string, status: number): void {
    if (status >= 500 && status !== 503) this.ledger.serverErrors.push(`${what}: ${status}`);
  }
}
