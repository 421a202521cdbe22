import { Module } from '@nestjs/common';
import { AccountsModule } from 'src/modules/accounts';
import { SessionsModule } from 'src/modules/auth';
import { OAuthModule } from 'src/modules/oauth';
import { PaymentsModule } from 'src/modules/payments';
import { UsersModule } from 'src/modules/users';
import { BillingPagesController } from './billing/billing-pages.controller';
import { AccountController } from './http/account.controller';

/** What signed-in users see about themselves. */
@Module({
  imports: [UsersModule, PaymentsModule, SessionsModule, AccountsModule, OAuthModule],
  controllers: [AccountController, BillingPagesController],
})
export class MeModule {}
