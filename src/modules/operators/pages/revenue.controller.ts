import { Controller, Get, Header } from '@nestjs/common';
import { RevenueService } from 'src/modules/payments';
import { OpsGet, OpsPages } from './ops-pages.decorator';
import { revenueCsv } from './revenue-csv';
import { revenuePage } from './revenue.view';

/** What is earned: numbers, plots and a file for a spreadsheet. */
@OpsPages()
@Controller('ops')
export class RevenuePagesController {
  constructor(private readonly revenue: RevenueService) {}

  @Get('revenue')
  @OpsGet()
  async show(): Promise<string> {
    return revenuePage(await this.revenue.report());
  }

  @Get('revenue.csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="revenue.csv"')
  async download(): Promise<string> {
    return revenueCsv(await this.revenue.report());
  }
}
