import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { RedisClientsModule } from 'src/queue/redis-clients';
import { ApiRateLimiter } from './api-rate-limiter';
import { CallersService } from './callers.service';
import { JwksController } from './http/jwks.controller';
import { JwtAuthGuard } from './http/jwt-auth.guard';
import { JwtStrategy } from './http/jwt.strategy';
import { PageLimitInterceptor } from './http/page-limit.interceptor';
import { RequestLimits } from './http/request-limits';
import { RateLimitGuard } from './http/rate-limit.guard';
import { RolesGuard } from './http/roles.guard';
import { ScopesGuard } from './http/scopes.guard';
import { SessionsModule } from './sessions.module';
import { VerifiedTokens } from './verified-tokens';

/**
 * Importing this module closes every route of the application: each needs an access token unless it says `@Public()`,
 * a role where it says `@RequireRole(...)`, and for connected applications a scope that it names.
 */
@Module({
  imports: [SessionsModule, RedisClientsModule],
  controllers: [JwksController],
  providers: [
    ApiRateLimiter,
    CallersService,
    JwtStrategy,
    VerifiedTokens,
    RequestLimits,
    // The order matters: who is calling, how often, then what they may do.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
    { provide: APP_GUARD, useClass: ScopesGuard },
    { provide: APP_INTERCEPTOR, useClass: PageLimitInterceptor },
  ],
})
export class AuthModule {}
