import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PaymentsModule } from 'src/modules/payments';
import { UsersModule } from 'src/modules/users';
import { AccessTokensService } from './access-tokens.service';
import { AuthService } from './auth.service';
import { CredentialsModule } from './credentials.module';
import { AuthController } from './http/auth.controller';
import { JwksController } from './http/jwks.controller';
import { JwtAuthGuard } from './http/jwt-auth.guard';
import { JwtStrategy } from './http/jwt.strategy';
import { RolesGuard } from './http/roles.guard';
import { ScopesGuard } from './http/scopes.guard';
import { RefreshTokensRepository } from './persistence/refresh-tokens.repository';
import { SessionsService } from './sessions.service';
import { SigningKeys } from './signing-keys';

/**
 * Importing this module closes every route of the application: each needs an access token unless it says `@Public()`,
 * and a role where it says `@RequireRole(...)`.
 */
@Module({
  imports: [UsersModule, PaymentsModule, CredentialsModule, JwtModule.register({})],
  controllers: [AuthController, JwksController],
  providers: [
    AccessTokensService,
    AuthService,
    JwtStrategy,
    RefreshTokensRepository,
    SessionsService,
    SigningKeys,
    // The order matters: who is calling, then what they may do.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
    { provide: APP_GUARD, useClass: ScopesGuard },
  ],
})
export class AuthModule {}
