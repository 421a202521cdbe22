import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { PlansUnavailableError } from 'src/modules/payments/payments.errors';
import { PlansService } from 'src/modules/payments/plans/plans.service';
import { planListSchema, toPlanListResponse, type PlanListResponse } from './plans.schema';

@ApiTags('Payments')
@Controller('api/v1/payments/plans')
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @Public()
  @Get()
  @Header('cache-control', 'no-cache')
  @ApiOperation({
    operationId: 'listPlans',
    summary: 'What premium costs, and on which terms',
    description: 'The plans that can be bought now, with price, saving, trial and tax. Needs no sign-in.',
  })
  @ApiOkResponse({ description: 'The plans', standardSchema: planListSchema })
  @ApiProblems(new PlansUnavailableError())
  async list(): Promise<PlanListResponse> {
    return toPlanListResponse(await this.plans.listOffer());
  }
}
