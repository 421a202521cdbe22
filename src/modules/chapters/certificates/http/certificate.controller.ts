import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { HttpConfig } from 'src/config/app-config';
import { CertificatesService } from 'src/modules/chapters/certificates/certificates.service';
import {
  CertificateNotEarnedError,
  CertificateRevokedError,
} from 'src/modules/chapters/certificates/certificates.errors';
import { certificateSchema, type CertificateResponse } from './certificate.schema';
import { toCertificateResponse } from './certificate.view';

@ApiTags('Course')
@RequireScope('chapters:read')
@Controller('api/v1/certificate')
export class CertificateController {
  constructor(
    private readonly certificates: CertificatesService,
    private readonly http: HttpConfig,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getCertificate',
    summary: "The student's certificate",
    description:
      'Issued once, when all sections are completed and all quizzes are passed. It never changes. Give the student the ' +
      'links to the page and the PDF. 409 certificate_not_earned lists what is missing.',
  })
  @ApiOkResponse({ description: 'The certificate', standardSchema: certificateSchema })
  @ApiProblems(
    new CertificateNotEarnedError(
      'Complete all sections and pass all quizzes first. getNextStep returns the next step.',
      { extensions: { missing: { chapters: [], quizzes: [] } } },
    ),
    new CertificateRevokedError(),
  )
  async getCertificate(@CurrentUser() { userId }: Principal): Promise<CertificateResponse> {
    return toCertificateResponse(await this.certificates.getCertificate(userId), this.http.publicUrl);
  }
}
