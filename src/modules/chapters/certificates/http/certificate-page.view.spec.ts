import { createHash } from 'node:crypto';
import type { Certificate } from 'src/modules/chapters/certificates/certificates.service';
import { CERTIFICATE_PAGE_POLICY } from './certificate-page.style';
import { certificatePage } from './certificate-page.view';
import { certificateSchema } from './certificate.schema';
import { toCertificateResponse } from './certificate.view';

const certificate: Certificate = {
  claims: {
    code: '0DT7M-1EV8N-2FW9P-3GXAQ',
    name: '<script>alert("Ada")</script>',
    course: 'Maps & Territories',
    chapters: 6,
    courseVersion: 'abc',
    issuedAt: new Date('2026-11-24T23:59:00Z'),
    issuer: 'https://course.example',
  },
  proof: 'genuine',
  jws: 'a.b.c',
  keyId: 'key-1',
};

describe('the verification page', () => {
  it('shows holder, course, day and code of a valid certificate, escaped', () => {
    const html = certificatePage({ verdict: 'valid', certificate });

    expect(html).toContain('Valid certificate');
    expect(html).toContain('<h1>&lt;script&gt;alert(&quot;Ada&quot;)&lt;/script&gt;</h1>');
    expect(html).toContain('Maps &amp; Territories');
    expect(html).toContain('24 November 2026');
    expect(html).toContain('Checked just now (ES256, key key-1)');
    expect(html).toContain('href="/certificates/0DT7M-1EV8N-2FW9P-3GXAQ.pdf"');
    expect(html).not.toContain('<script');
  });

  it('says that a retired key cannot be checked', () => {
    const html = certificatePage({
      verdict: 'valid',
      certificate: { ...certificate, proof: 'unverifiable' },
    });

    expect(html).toContain('no longer in use');
    expect(html).not.toContain('Checked just now');
  });

  it('offers no PDF of a revoked certificate', () => {
    const revokedAt = new Date('2026-12-01T00:00:00Z');
    const html = certificatePage({ verdict: 'revoked', certificate, revokedAt });

    expect(html).toContain('Revoked: not valid');
    expect(html).toContain('1 December 2026');
    expect(html).not.toContain('.pdf');
    expect(html).not.toContain('Valid certificate');
  });

  it('shows no name for an unknown code', () => {
    expect(certificatePage({ verdict: 'unknown' })).not.toMatch(/Awarded|Valid certificate/);
  });

  it('contains exactly the style that its policy allows, and no forbidden attribute', () => {
    const html = certificatePage({ verdict: 'valid', certificate });
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');

    expect(CERTIFICATE_PAGE_POLICY).toContain(`style-src 'sha256-${hash}'`);
    expect(CERTIFICATE_PAGE_POLICY).not.toMatch(/unsafe|script-src|https:/);
    expect(html).not.toMatch(/ style="| on\w+="| src="/);
  });
});

describe('the answer of getCertificate', () => {
  it('matches the schema, with the current URLs', () => {
    const answer = toCertificateResponse(certificate, 'https://new.example');

    expect(certificateSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({
      verification_url: 'https://new.example/certificates/0DT7M-1EV8N-2FW9P-3GXAQ',
      pdf_url: 'https://new.example/certificates/0DT7M-1EV8N-2FW9P-3GXAQ.pdf',
      signature: { keys_url: 'https://new.example/.well-known/jwks.json' },
    });
  });
});
