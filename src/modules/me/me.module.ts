import { Module } from '@nestjs/common';
import { AccountsModule } from 'src/modules/accounts';
import { SessionsModule } from 'src/modules/auth';
import { OAuthModule } from 'src/modules/oauth';
import { UsersModule } from 'src/modules/users';
import { AccountController } from './http/account.controller';

/** What signed-in users see about themselves. */
@Module({
  imports: [UsersModule, SessionsModule, AccountsModule, OAuthModule],
  controllers: [AccountController],
})
export class MeModule {}
