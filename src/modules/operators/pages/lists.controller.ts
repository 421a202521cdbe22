import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { CustomerListsService } from 'src/modules/operators/customer-lists.service';
import { UNMATCHED, LIST_NAMES, listPage, type ListName } from './lists.view';
import { OpsGet, OpsPages } from './ops-pages.decorator';

/** The lists of customers that may need a person. */
@OpsPages()
@Controller('ops/lists')
export class ListPagesController {
  constructor(private readonly lists: CustomerListsService) {}

  @Get(':name')
  @OpsGet()
  async show(@Param('name', { schema: z.enum(LIST_NAMES) }) name: ListName): Promise<string> {
    const rows = name === UNMATCHED ? await this.lists.listUnmatched() : await this.lists.list(name);
    return listPage(name, rows);
  }
}
