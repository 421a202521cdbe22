import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { seeOther } from 'src/common/http/see-other';
import { UserSearchService } from 'src/modules/operators/user-search.service';
import { searchQuerySchema } from './customers.schema';
import { OpsGet, OpsPages } from './ops-pages.decorator';
import { searchPage } from './search-page.view';

/** The one search box. */
@OpsPages()
@Controller('ops/search')
export class SearchPagesController {
  constructor(private readonly search: UserSearchService) {}

  @Get()
  @OpsGet()
  async find(
    @Query({ schema: searchQuerySchema }) { q }: { q: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const found = await this.search.find(q);
    const [only, ...others] = found;
    // One match saves a step.
    if (only !== undefined && others.length === 0) return seeOther(reply, `/ops/customers/${only.user.id}`);
    const customerId = found.length > 0 ? undefined : await this.search.findCustomerId(q);
    return searchPage({ q, found, customerId });
  }
}
