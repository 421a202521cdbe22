import { Controller, Get, Header, Param, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from 'src/common/http/decorators/public.decorator';
import { ProblemPageFilter } from 'src/common/http/problem-page.filter';
import { HttpConfig } from 'src/config/app-config';
import {
  CertificatesService,
  type Certificate,
  type Verification,
} from 'src/modules/chapters/certificates/certificates.service';
import { parseCertificateCode } from 'src/modules/chapters/certificates/domain/certificate';
import { CERTIFICATE_PAGE_POLICY } from './certificate-page.style';
import { certificatePage } from './certificate-page.view';
import { CertificatePdfs } from './certificate-pdfs';
import { verificationUrl } from './certificate.view';

const PDF_SUFFIX = '.pdf';
const STATUS = { valid: 200, revoked: 200, unknown: 404 } satisfies Record<Verification['verdict'], number>;

/** The page for anyone who wants to verify a certificate. Public: anyone who has the code may open it. */
@ApiExcludeController()
@UseFilters(ProblemPageFilter)
@Controller('certificates')
export class CertificatePagesController {
  constructor(
    private readonly certificates: CertificatesService,
    private readonly pdfs: CertificatePdfs,
    private readonly http: HttpConfig,
  ) {}

  /** `CODE` is the page and `CODE.pdf` the PDF. Only valid certificates have a PDF. */
  @Public()
  @Get(':file')
  // A revocation must be visible immediately.
  @Header('cache-control', 'no-store')
  async show(
    @Param('file') file: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Buffer> {
    const isPdf = file.toLowerCase().endsWith(PDF_SUFFIX);
    const verification = await this.verify(isPdf ? file.slice(0, -PDF_SUFFIX.length) : file);
    if (isPdf && verification.verdict === 'valid') return this.sendPdf(reply, verification.certificate);
    void reply
      .status(isPdf && verification.verdict === 'revoked' ? 410 : STATUS[verification.verdict])
      .header('content-security-policy', CERTIFICATE_PAGE_POLICY)
      .type('text/html; charset=utf-8');
    return certificatePage(verification);
  }

  private async verify(text: string): Promise<Verification> {
    const code = parseCertificateCode(text);
    return code === undefined ? { verdict: 'unknown' } : this.certificates.verify(code);
  }

  private async sendPdf(reply: FastifyReply, { claims }: Certificate): Promise<Buffer> {
    const name = `course-companion-certificate-${claims.code}.pdf`;
    void reply.type('application/pdf').header('content-disposition', `inline; filename="${name}"`);
    return this.pdfs.get({
      name: claims.name,
      course: claims.course,
      chapters: claims.chapters,
      issuedAt: claims.issuedAt,
      code: claims.code,
      verificationUrl: verificationUrl(this.http.publicUrl, claims.code),
    });
  }
}
