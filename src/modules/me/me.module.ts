import { Module } from '@nestjs/common';
import { AccountsModule } from 'src/modules/accounts';
import { SessionsModule } from 'src/modules/auth';
import { ChaptersModule } from 'src/modules/chapters';
import { OAuthModule } from 'src/modules/oauth';
import { PaymentsModule } from 'src/modules/payments';
import { PersonalDataModule } from 'src/modules/personal-data';
import { UsersModule } from 'src/modules/users';
import { BillingPagesController } from './billing/billing-pages.controller';
import { AccountHomeService } from './account-home.service';
import { AccountPlanController } from './http/account-plan.controller';
import { AccountDataController } from './http/account-data.controller';
import { AccountProfileController } from './http/account-profile.controller';
import { AccountSubscriptionController } from './http/account-subscription.controller';
import { AccountController } from './http/account.controller';
import { PersonalDataController } from './http/personal-data.controller';

/** What signed-in users see about themselves. */
@Module({
  imports: [
    UsersModule,
    SessionsModule,
    AccountsModule,
    OAuthModule,
    PaymentsModule,
    ChaptersModule,
    PersonalDataModule,
  ],
  controllers: [
    AccountController,
    AccountPlanController,
    AccountDataController,
    AccountProfileController,
    AccountSubscriptionController,
    BillingPagesController,
    PersonalDataController,
  ],
  providers: [AccountHomeService],
})
export class MeModule {}
