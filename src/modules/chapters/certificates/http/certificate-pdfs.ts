import { Injectable } from '@nestjs/common';
import type { PrintedCertificate } from './certificate-pdf';
import { CertificateRenderer } from './certificate-threads';

/** Remembers the PDFs that were made last, so that opening one again costs nothing. */
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
    // A failure is not worth remembering.
    making.catch(() => this.made.delete(key));
    return making;
  }
}
