import { Controller, Get, Header, Param, Query, Redirect, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from 'src/common/http/decorators/public.decorator';
import { HTML_CONTENT } from 'src/common/http/page';
import { ProblemPageFilter } from 'src/common/http/problem-page.filter';
import { CheckoutReturnService } from 'src/modules/payments/checkout/checkout-return.service';
import { cancelledQuerySchema, returnQuerySchema, shortCodeSchema } from './checkout-pages.schema';
import { cancelledPage, returnPage } from './checkout-pages.view';

/** The pages a browser meets around Stripe's payment page. */
@ApiExcludeController()
@UseFilters(ProblemPageFilter)
@Controller()
export class CheckoutPagesController {
  constructor(private readonly checkouts: CheckoutReturnService) {}

  /** A payment link short enough for a chat. */
  @Public()
  @Get('c/:code')
  @Redirect()
  @Header('cache-control', 'no-store')
  async follow(
    @Param('code', { schema: shortCodeSchema }) code: string,
  ): Promise<{ url: string; statusCode: number }> {
    const checkout = await this.checkouts.getByShortCode(code);
    return { url: checkout.url, statusCode: 302 };
  }

  @Public()
  @Get('checkout/return')
  @Header(...HTML_CONTENT)
  @Header('cache-control', 'no-store')
  async returned(@Query({ schema: returnQuerySchema }) query: { session_id: string }): Promise<string> {
    return returnPage(await this.checkouts.confirm(query.session_id));
  }

  @Public()
  @Get('checkout/cancelled')
  @Header(...HTML_CONTENT)
  @Header('cache-control', 'no-store')
  async cancelled(@Query({ schema: cancelledQuerySchema }) query: { code: string }): Promise<string> {
    const checkout = await this.checkouts.getByShortCode(query.code);
    // Paid in another tab, or expired: then this page must not say that nothing was paid without asking.
    if (checkout.status !== 'open') return returnPage(await this.checkouts.confirm(checkout.stripeSessionId));
    return cancelledPage(checkout);
  }
}
