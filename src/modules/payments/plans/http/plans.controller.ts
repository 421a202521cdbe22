import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { planListSchema, toPlanListResponse, type PlanListResponse } from './plans.schema';

@ApiTags('Payments')
@RequireScope('subscription:read')
@Controller('api/v1/payments/plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Get()
  @ApiOperation({
    operationId: 'listPlans',
    summary: 'What premium costs, and on which terms',
    description: 'The plans for sale here with price and renewal. Never waits for Stripe.',
  })
  @ApiOkResponse({ description: 'The plans', standardSchema: planListSchema })
  async list(): Promise<PlanListResponse> {
    return toPlanListResponse(await this.plans.listPlans());
  }
}
