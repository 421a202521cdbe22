import { SCOPE_MEANINGS, type Scope } from 'src/common/domain/scopes';
import { formPage } from 'src/common/http/form-page';
import { escapeHtml } from 'src/common/http/page';

export interface ConsentPage {
  /** Path of the interaction; the three answers are posted below it. */
  readonly path: string;
  readonly clientName: string;
  readonly email: string;
  readonly scopes: readonly Scope[];
}

/** Shown every time, also after an earlier consent: in a shared browser it may be another person's account. */
export function consentPage({ path, clientName, email, scopes }: ConsentPage): string {
  const may = scopes.map((scope) => `<li>${escapeHtml(SCOPE_MEANINGS[scope])}</li>`).join('');
  return formPage({
    title: `Connect ${clientName}`,
    text: `${clientName} asks for access to your Course Companion account. It will be able to:`,
    details: `<ul class="may">${may}</ul>`,
    forms: [
      { action: `${path}/allow`, submit: `Continue as ${email}` },
      { action: `${path}/switch`, submit: 'Use another account', tone: 'quiet' },
      { action: `${path}/deny`, submit: 'Do not connect', tone: 'quiet' },
    ],
    links: [
      { href: '/privacy', label: 'Privacy' },
      { href: '/terms', label: 'Terms' },
    ],
  });
}
