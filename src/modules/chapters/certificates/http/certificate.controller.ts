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
      'Issued once, when all sections are completed and all quizzes passed; the same ever after. Give the student the ' +
      'address of the page and of the PDF. 409 certificate_not_earned says what is missing.',
  })
  @ApiOkResponse({ description: 'The certificate', standardSchema: certificateSchema })
  @ApiProblems(
    new CertificateNotEarnedError(
      'All sections must be completed and all quizzes passed. getNextStep says what to do now.',
      { extensions: { missing: { chapters: [], quizzes: [] } } },
    ),
    new CertificateRevokedError(),
  )
  async getCertificate(@CurrentUser() { userId }: Principal): Promise<CertificateResponse> {
    return toCertificateResponse(await this.certificates.getCertificate(userId), this.http.publicUrl);
  }
}
