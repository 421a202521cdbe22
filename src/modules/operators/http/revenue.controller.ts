import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RequireRole } from 'src/common/http/decorators/require-role.decorator';
import { RevenueService, type MonthOfRevenue } from 'src/modules/payments';

const minor = z.number().int().describe('Minor units');
const share = z.number().optional().describe('Absent without customers at the start of the month');

const monthSchema = z.object({
  month: z.string().describe('Calendar month in UTC, for example 2026-03'),
  mrr: minor,
  active_customers: z.number().int(),
  new_customers: z.number().int(),
  churned_customers: z.number().int(),
  churned_mrr: minor,
  customer_churn: share,
  revenue_churn: share,
  gross: minor,
  refunded: minor,
  fees: minor.describe("Minor units. Stripe's own, or an estimate until Stripe says so"),
  net: minor,
  failed_payments: z.number().int(),
  disputes: z.number().int(),
});
type MonthResponse = z.infer<typeof monthSchema>;

const revenueSchema = z.object({
  currency: z.string(),
  at: z.iso.datetime(),
  trials: z.number().int(),
  past_due: z.number().int(),
  at_risk: minor.describe('Minor units that past due subscriptions owe'),
  months: z.array(monthSchema).describe('Oldest first; the last one is the current month, up to now'),
});
type RevenueResponse = z.infer<typeof revenueSchema>;

const toMonth = (month: MonthOfRevenue): MonthResponse => ({
  month: month.month,
  mrr: month.mrrMinor,
  active_customers: month.active,
  new_customers: month.newCustomers,
  churned_customers: month.churnedCustomers,
  churned_mrr: month.churnedMinor,
  customer_churn: month.customerChurn ?? undefined,
  revenue_churn: month.revenueChurn ?? undefined,
  gross: month.grossMinor,
  refunded: month.refundedMinor,
  fees: month.feesMinor,
  net: month.netMinor,
  failed_payments: month.failedPayments,
  disputes: month.disputes,
});

/** What is earned. */
@ApiTags('Operators')
@RequireRole('operator')
@Controller('api/v1/operator/revenue')
export class RevenueController {
  constructor(private readonly revenue: RevenueService) {}

  @Get()
  @ApiOperation({
    operationId: 'getRevenue',
    summary: 'Show recurring revenue, churn and net of the last twelve months',
    description:
      'MRR counts paid lines of finalised invoices, a yearly price as a twelfth, after discounts and without trials.',
  })
  @ApiOkResponse({ description: 'The months', standardSchema: revenueSchema })
  async show(): Promise<RevenueResponse> {
    const { currency, at, trials, pastDue, atRiskMinor, months } = await this.revenue.report();
    return {
      currency,
      at: at.toISOString(),
      trials,
      past_due: pastDue,
      at_risk: atRiskMinor,
      months: months.map(toMonth),
    };
  }
}
