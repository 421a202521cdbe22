import { normaliseName } from 'src/common/domain/person-name';
import { escapeHtml } from 'src/common/http/page';
import type { Certificate, Verification } from 'src/modules/chapters/certificates/certificates.service';
import { CERTIFICATE_STYLE } from './certificate-page.style';
import { formatIssueDate } from './certificate.view';

interface Verdict {
  readonly label: string;
  readonly icon: string;
}

const VERDICTS: Record<Verification['verdict'], Verdict> = {
  valid: { label: 'Valid certificate', icon: 'M4 12.5l5 5L20 6.5' },
  revoked: { label: 'Revoked: not valid', icon: 'M6 6l12 12M18 6L6 18' },
  unknown: { label: 'No such certificate', icon: 'M6 12h12' },
};

/** Complete HTML without scripts; every inserted value is escaped. Shows a name and a course, and no email address. */
export function certificatePage(verification: Verification): string {
  const { verdict } = verification;
  const { label, icon } = VERDICTS[verdict];
  const title =
    verdict === 'unknown' ? label : `${label}: ${normaliseName(verification.certificate.claims.name)}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)} · Course Companion</title><style>${CERTIFICATE_STYLE}</style></head>
<body><main class="${verdict}"><p class="verdict"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="${icon}"/></svg>${label}</p>
${renderBody(verification)}
<footer>Course Companion</footer></main></body></html>`;
}

function renderBody(verification: Verification): string {
  switch (verification.verdict) {
    case 'unknown':
      return `<h2>We have issued no certificate with this code</h2>
<p class="lead">Compare it with the certificate, character by character. The code has four groups of five characters. O counts as zero, I and L as one.</p>`;
    case 'revoked':
      return `${renderHolder(verification.certificate)}
<dl>${entry('Issued', formatIssueDate(verification.certificate.claims.issuedAt))}${entry(
        'Revoked',
        formatIssueDate(verification.revokedAt),
      )}</dl>`;
    case 'valid':
      return renderValid(verification.certificate);
  }
}

function renderValid(certificate: Certificate): string {
  const { claims, proof, keyId } = certificate;
  const signature =
    proof === 'genuine'
      ? `Checked just now (ES256, key ${keyId})`
      : `Signed with the key ${keyId}, which is no longer in use. Our records confirm this certificate.`;
  return `${renderHolder(certificate)}
<p class="lead">All ${claims.chapters} chapters were completed and every quiz was passed.</p>
<dl>${entry('Issued', formatIssueDate(claims.issuedAt))}${entry('Code', claims.code, 'code')}${entry('Signature', signature, 'wide')}</dl>
<a class="button" href="/certificates/${escapeHtml(claims.code)}.pdf">Download the certificate as PDF</a>`;
}

function renderHolder({ claims }: Certificate): string {
  return `<p class="kicker">Awarded to</p><h1>${escapeHtml(normaliseName(claims.name))}</h1><hr>
<p class="kicker">for completing</p><h2>${escapeHtml(claims.course)}</h2>`;
}

function entry(term: string, value: string, kind?: 'code' | 'wide'): string {
  const [wide, code] = [kind === 'wide' ? ' class="wide"' : '', kind === 'code' ? ' class="code"' : ''];
  return `<div${wide}><dt>${term}</dt><dd${code}>${escapeHtml(value)}</dd></div>`;
}
