import type { PrintedCertificate } from './certificate-pdf';
import { renderCertificate } from './certificate-pdf';
import { CertificateThreads } from './certificate-threads';

const aCertificate = (number: number): PrintedCertificate => ({
  name: `Ada ${number}`,
  course: 'Generative AI',
  chapters: 6,
  issuedAt: new Date('2026-11-24T20:00:00Z'),
  code: '0DT7M-1EV8N-2FW9P-3GXAQ',
  verificationUrl: 'https://course.example/certificates/0DT7M-1EV8N-2FW9P-3GXAQ',
});

class Threads extends CertificateThreads {
  protected override readonly waiting = 3;
  protected override deadlineMs = 20_000;

  limitTo(deadlineMs: number): void {
    this.deadlineMs = deadlineMs;
  }
}

describe('CertificateThreads', () => {
  let threads: Threads;

  beforeEach(() => {
    threads = new Threads();
  });
  afterEach(() => threads.onApplicationShutdown());

  it('returns the same bytes as rendering without a thread', async () => {
    const [threaded, direct] = [
      await threads.render(aCertificate(1)),
      await renderCertificate(aCertificate(1)),
    ];

    expect(threaded.equals(direct)).toBe(true);
  });

  it('does not block the event loop while it renders', async () => {
    await threads.render(aCertificate(1));
    let turns = 0;
    const count = setInterval(() => (turns += 1), 1);
    await renderCertificate(aCertificate(2));
    const direct = turns;
    await Promise.all([2, 3, 4].map((number) => threads.render(aCertificate(number))));
    clearInterval(count);

    expect(turns - direct).toBeGreaterThan(direct);
  });

  it('answers 503 when the queue is full, and serves the queued requests', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, number) => threads.render(aCertificate(number))),
    );

    const refused = outcomes.filter(({ status }) => status === 'rejected');
    // One is being rendered and three wait.
    expect(refused).toHaveLength(8);
    for (const outcome of refused) expect(outcome).toHaveProperty('reason.code', 'service_unavailable');
  });

  it('stops a rendering that misses the deadline, and renders the next', async () => {
    threads.limitTo(1);
    await expect(threads.render(aCertificate(1))).rejects.toHaveProperty('code', 'service_unavailable');

    threads.limitTo(20_000);
    expect((await threads.render(aCertificate(1))).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
