import { Injectable } from '@nestjs/common';
import type { PrintedCertificate } from './certificate-pdf';
import { CertificateRenderer } from './certificate-threads';

/** Caches the most recent PDFs. */
@Injectable()
export class CertificatePdfs {
  protected readonly capacity: number = 50;
  private readonly made = new Map<string, Promise<Buffer>>();

  constructor(private readonly renderer: CertificateRenderer) {}

  get(certificate: PrintedCertificate): Promise<Buffer> {
    const key = JSON.stringify(certificate);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.made.keys();
    if (this.made.size >= this.capacity && oldest !== undefined) this.made.delete(oldest);
    const making = this.renderer.render(certificate);
    this.made.set(key, making);
    // Do not cache a failure.
    making.catch(() => this.made.delete(key));
    return making;
  }
}
