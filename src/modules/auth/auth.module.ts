import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RedisClientsModule } from 'src/queue/redis-clients';
import { ApiRateLimiter } from './api-rate-limiter';
import { AccountChangesController } from 'src/modules/accounts/http/account-changes.controller';
import { AccountPagesController } from 'src/modules/accounts/pages/account-pages.controller';
import { ConfirmationPagesController } from 'src/modules/accounts/pages/confirmation-pages.controller';
import { RecoveryController } from 'src/modules/accounts/http/recovery.controller';
import { RecoveryPagesController } from 'src/modules/accounts/pages/recovery-pages.controller';
import { AccountController } from 'src/modules/me/http/account.controller';
import { SignInController } from 'src/modules/accounts/pages/sign-in.controller';
import { AuthController } from 'src/modules/accounts/http/auth.controller';
import { JwksController } from './http/jwks.controller';
import { JwtAuthGuard } from './http/jwt-auth.guard';
import { JwtStrategy } from './http/jwt.strategy';
import { RateLimitGuard } from './http/rate-limit.guard';
import { RolesGuard } from './http/roles.guard';
import { ScopesGuard } from './http/scopes.guard';
import { OAuthModule } from 'src/modules/oauth/oauth.module';
import { SignInModule } from './sessions.module';

/**
 * Importing this module closes every route of the application: each needs an access token unless it says `@Public()`,
 * a role where it says `@RequireRole(...)`, and for connected applications a scope that it names.
 */
@Module({
  imports: [SignInModule, OAuthModule, RedisClientsModule],
  controllers: [
    AuthController,
    RecoveryController,
    AccountChangesController,
    JwksController,
    AccountController,
    AccountPagesController,
    ConfirmationPagesController,
    RecoveryPagesController,
    SignInController,
  ],
  providers: [
    ApiRateLimiter,
    JwtStrategy,
    // The order matters: who is calling, how often, then what they may do.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
    { provide: APP_GUARD, useClass: ScopesGuard },
  ],
})
export class AuthModule {}
