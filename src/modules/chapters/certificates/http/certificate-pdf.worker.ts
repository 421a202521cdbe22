import { renderCertificate, type PrintedCertificate } from './certificate-pdf';

/** Runs in a thread of its own, see CertificateThreads. */
export default function render(certificate: PrintedCertificate): Promise<Uint8Array> {
  return renderCertificate(certificate);
}
