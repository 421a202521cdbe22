import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Piscina } from 'piscina';
import { ServiceUnavailableError } from 'src/common/errors/app-error';
import type { PrintedCertificate } from './certificate-pdf';

/** Turns a certificate into a PDF. */
export abstract class CertificateRenderer {
  abstract render(certificate: PrintedCertificate): Promise<Buffer>;
}

/**
 * Renders in one worker thread, because embedding fonts blocks the event loop for up to half a second. The queue is bounded.
 * A full queue and a missed deadline answer 503. An idle thread ends.
 */
@Injectable()
export class CertificateThreads extends CertificateRenderer implements OnApplicationShutdown {
  protected readonly waiting: number = 20;
  protected readonly deadlineMs: number = 10_000;
  private unfinished = 0;
  private pool: Piscina<PrintedCertificate, Uint8Array> | undefined;

  async render(certificate: PrintedCertificate): Promise<Buffer> {
    // The limit of the pool does not hold while its thread starts.
    if (this.unfinished > this.waiting) throw unavailable();
    this.unfinished += 1;
    this.pool ??= new Piscina({
      filename: workerFile(),
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 30_000,
    });
    try {
      const bytes = await this.pool.run(certificate, { signal: AbortSignal.timeout(this.deadlineMs) });
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } catch (error) {
      throw unavailable(error);
    } finally {
      this.unfinished -= 1;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.destroy();
  }
}

const unavailable = (cause?: unknown): ServiceUnavailableError =>
  new ServiceUnavailableError('The certificate cannot be printed right now. Try again in a minute.', {
    cause,
  });

/** The compiled file, because a thread cannot load TypeScript. Tests run from the sources and use the build. */
function workerFile(): string {
  const beside = join(__dirname, 'certificate-pdf.worker.js');
  return existsSync(beside) ? beside : resolve('dist', relative(process.cwd(), beside));
}
