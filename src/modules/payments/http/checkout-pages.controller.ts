import { Controller, Get, Header, Param, Query, Redirect } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from 'src/common/http/decorators/public.decorator';
import { CheckoutReturnService } from 'src/modules/payments/checkout-return.service';
import { returnQuerySchema, shortCodeSchema } from './checkout-pages.schema';
import { cancelledPage, returnPage } from './checkout-pages.view';

/** The pages a browser meets around Stripe's payment page. */
@ApiExcludeController()
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
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async returned(@Query({ schema: returnQuerySchema }) query: { session_id: string }): Promise<string> {
    return returnPage(await this.checkouts.confirm(query.session_id));
  }

  @Public()
  @Get('checkout/cancelled')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async cancelled(@Query({ schema: returnQuerySchema }) query: { session_id: string }): Promise<string> {
    return cancelledPage(await this.checkouts.get(query.session_id));
  }
}
