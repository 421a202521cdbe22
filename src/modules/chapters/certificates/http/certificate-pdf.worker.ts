import { renderCertificate, type PrintedCertificate } from './certificate-pdf';

/** Runs in its own thread, see CertificateThreads. */
export default function render(certificate: PrintedCertificate): Promise<Uint8Array> {
  return renderCertificate(certificate);
}
