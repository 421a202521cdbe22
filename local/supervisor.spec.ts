import type { RunningPart } from './node-part';
import { PartFailedError, Supervisor, type Part } from './supervisor';

/** A part without a process; tests make it exit. */
class FakePart implements Part {
  starts = 0;
  crash: (reason: string) => void = () => undefined;

  constructor(
    readonly name: string,
    private readonly events: string[],
    private readonly ignoresStop = false,
  ) {}

  tail = () => ['last output'];

  start = (): Promise<RunningPart> => {
    this.starts += 1;
    let end: (reason: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => (end = resolve));
    this.crash = end;
    const finish = (how: string) => {
      this.events.push(`${how} ${this.name}`);
      end(how);
      return Promise.resolve();
    };
    return Promise.resolve({
      pid: this.starts,
      ended,
      stop: () => (this.ignoresStop ? new Promise<void>(() => undefined) : finish('stop')),
      kill: () => finish('kill'),
    });
  };
}

describe('Supervisor', () => {
  let events: string[];
  let printed: string[];
  let waits: number[];

  beforeEach(() => {
    events = [];
    printed = [];
    waits = [];
  });

  const supervisorWith = (graceMs = 8000) =>
    new Supervisor({
      graceMs,
      print: (line) => printed.push(line),
      wait: (ms) => Promise.resolve(void waits.push(ms)),
    });

  const settle = () => new Promise((done) => setImmediate(done));

  it('stops parts in reverse order', async () => {
    const supervisor = supervisorWith();
    for (const name of ['postgres', 'web', 'worker']) await supervisor.start(new FakePart(name, events));

    await supervisor.stop();

    expect(events).toEqual(['stop worker', 'stop web', 'stop postgres']);
  });

  it('kills a part that does not stop within the grace period and continues', async () => {
    const supervisor = supervisorWith(50);
    await supervisor.start(new FakePart('postgres', events));
    await supervisor.start(new FakePart('web', events, true));

    await supervisor.stop();

    expect(events[0]).toBe('kill web');
    expect(events).toHaveLength(2);
  });

  it('restarts a crashed part and prints a line', async () => {
    const supervisor = supervisorWith();
    const web = new FakePart('web', events);
    await supervisor.start(web);
    web.crash('it exited with code 1');
    await settle();

    await supervisor.stop();

    expect(web.starts).toBe(2);
    expect(printed).toEqual(['web: it exited with code 1; restarting it', 'web: running again']);
  });

  it('does not restart a part that exits during the stop', async () => {
    const supervisor = supervisorWith();
    const web = new FakePart('web', events);
    await supervisor.start(web);

    await supervisor.stop();
    await settle();

    expect(web.starts).toBe(1);
  });

  it('reports a part that keeps crashing, with its last output', async () => {
    const supervisor = supervisorWith();
    const web = new FakePart('web', events);
    await supervisor.start(web);
    for (let crash = 0; crash < 5; crash += 1) {
      web.crash('it exited with code 1');
      await settle();
    }

    const failure = await supervisor.failed;

    expect(web.starts).toBe(5);
    expect(waits).toEqual([250, 500, 1000, 2000]);
    expect(failure).toBeInstanceOf(PartFailedError);
    expect(failure.message).toBe('web failed: it exited with code 1, repeatedly\n  | last output');
  });

  it('rejects a failing first start with the reason and the last output', async () => {
    const part: Part = {
      name: 'web',
      start: () => Promise.reject(new Error('no such port')),
      tail: () => ['a', 'b'],
    };

    await expect(supervisorWith().start(part)).rejects.toThrow('web failed: no such port\n  | a\n  | b');
  });
});
