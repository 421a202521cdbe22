import { Controller, Get } from '@nestjs/common';
import { InboxViewService } from 'src/modules/webhooks';
import { OpsGet, OpsPages } from './ops-pages.decorator';
import { todayPage } from './today.view';

/** Where an operator starts: what needs a person now. */
@OpsPages()
@Controller('ops')
export class TodayController {
  constructor(private readonly inbox: InboxViewService) {}

  @Get()
  @OpsGet()
  async show(): Promise<string> {
    return todayPage({ events: await this.inbox.countOpen() });
  }
}
