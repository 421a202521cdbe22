import { Injectable } from '@nestjs/common';
import { renderCertificate, type PrintedCertificate } from './certificate-pdf';

/** Remembers the papers made last: embedding fonts takes longer than anything else that the service does. */
@Injectable()
export class CertificatePdfs {
  protected readonly capacity: number = 50;
  private readonly made = new Map<string, Promise<Buffer>>();

  get(certificate: PrintedCertificate): Promise<Buffer> {
    const key = JSON.stringify(certificate);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const [oldest] = this.made.keys();
    if (this.made.size >= this.capacity && oldest !== undefined) this.made.delete(oldest);
    const making = renderCertificate(certificate);
    this.made.set(key, making);
    // A failure is not worth remembering.
    making.catch(() => this.made.delete(key));
    return making;
  }
}
