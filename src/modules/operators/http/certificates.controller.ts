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
    summary: 'Withdraw a certificate for good',
    description:
      'Its page says so from the next look on, there is no PDF any more, and no other one is issued to this student. ' +
      'Cannot be undone. Repeating it changes nothing.',
  })
  @ApiParam({ name: 'code', type: String, description: 'As on the certificate, hyphens or not' })
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
