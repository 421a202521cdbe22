import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { HttpConfig } from 'src/config/app-config';
import { MyAccessService } from 'src/modules/payments/access/my-access.service';
import { myAccessSchema, toMyAccessResponse, type MyAccessResponse } from './access.schema';

@ApiTags('Payments')
@Controller('api/v1/payments')
export class AccessController {
  constructor(
    private readonly access: MyAccessService,
    private readonly http: HttpConfig,
  ) {}

  @Get('access')
  @RequireScope('subscription:read')
  @ApiOperation({
    operationId: 'getMyAccess',
    summary: 'Why premium chapters open or stay closed',
    description: 'The decision about access, what it rests on, the last change of it, and what to do next.',
  })
  @ApiOkResponse({ description: 'The decision', standardSchema: myAccessSchema })
  async getMyAccess(@CurrentUser() { userId }: Principal): Promise<MyAccessResponse> {
    return toMyAccessResponse(await this.access.explain(userId), this.http.publicUrl);
  }
}
