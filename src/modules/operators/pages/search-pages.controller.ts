import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { seeOther } from 'src/common/http/see-other';
import { Acting } from 'src/modules/operators/http/acting.decorator';
import { MoneyActsService } from 'src/modules/operators/money-acts.service';
import { UserSearchService } from 'src/modules/operators/user-search.service';
import { CustomerBindingError } from 'src/modules/payments';
import { UserNotFoundError, UsersService } from 'src/modules/users';
import { bindByEmailFormSchema, type BindByEmailForm } from './acts.schema';
import { searchQuerySchema } from './customers.schema';
import { OpsGet, OpsPages, OpsPost } from './ops-pages.decorator';
import { searchPage } from './search-page.view';

/** The one search box. */
@OpsPages()
@Controller('ops/search')
export class SearchPagesController {
  constructor(
    private readonly search: UserSearchService,
    private readonly users: UsersService,
    private readonly money: MoneyActsService,
  ) {}

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

  /**
   * Ties a customer that belongs to nobody to the account with this very address. Only to one that has verified it: anybody
   * can register the address of a person who paid elsewhere, and would get that person's access, cards and invoices.
   */
  @Post('bind')
  @OpsPost()
  async bind(
    @Body({ schema: bindByEmailFormSchema }) { reason, customer_id: customerId, email }: BindByEmailForm,
    @Acting() acting: Acting,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const user = await this.users.findByEmail(email);
    if (user === undefined) throw new UserNotFoundError();
    if (user.emailVerifiedAt === null)
      throw new CustomerBindingError(
        'Nobody has verified the address of this account, so it may be a stranger’s. Ask the person to verify it first.',
      );
    await this.money.bind(user.id, customerId, { ...acting, reason });
    return seeOther(reply, `/ops/customers/${user.id}?done=bound`);
  }
}
