import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { CertificateNotFoundError } from 'src/modules/chapters';
import { CertificateRevocationService } from 'src/modules/operators/certificate-revocation.service';
import { Acting } from './acting.decorator';
import {
  revokedCertificateSchema,
  toRevokedCertificateResponse,
  type RevokedCertificateResponse,
} from './certificates.schema';
import { reasonBodySchema, type ReasonBody } from './operator.schema';

@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/certificates')
export class OperatorCertificatesController {
  constructor(private readonly revocations: CertificateRevocationService) {}

  @Post(':code/revoke')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'revokeCertificate',
    summary: 'Revoke a certificate permanently',
    description:
      'Its page then says that it was revoked, its PDF is no longer served, and this student gets no other certificate. ' +
      'This cannot be undone. Repeating it changes nothing.',
  })
  @ApiParam({
    name: 'code',
    type: String,
    description: 'The code on the certificate, with or without hyphens',
  })
  @ApiOkResponse({ description: 'Revoked', standardSchema: revokedCertificateSchema })
  @ApiProblems(new CertificateNotFoundError())
  async revoke(
    @Param('code') code: string,
    @Body({ schema: reasonBodySchema }) { reason }: ReasonBody,
    @Acting() acting: Acting,
  ): Promise<RevokedCertificateResponse> {
    return toRevokedCertificateResponse(await this.revocations.revoke(code, { ...acting, reason }));
  }
}
