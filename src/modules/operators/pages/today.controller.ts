import { Controller, Get } from '@nestjs/common';
import { CustomerListsService } from 'src/modules/operators/customer-lists.service';
import { DriftRepairService } from 'src/modules/operators/drift-repair.service';
import { InboxViewService } from 'src/modules/webhooks';
import { OpsGet, OpsPages } from './ops-pages.decorator';
import { todayPage } from './today.view';

/** Where an operator starts: what needs a person now. */
@OpsPages()
@Controller('ops')
export class TodayController {
  constructor(
    private readonly inbox: InboxViewService,
    private readonly lists: CustomerListsService,
    private readonly drift: DriftRepairService,
  ) {}

  @Get()
  @OpsGet()
  async show(): Promise<string> {
    const [events, counts, drift] = await Promise.all([
      this.inbox.countOpen(),
      this.lists.count(),
      this.drift.count(),
    ]);
    return todayPage({ events, counts, drift });
  }
}
