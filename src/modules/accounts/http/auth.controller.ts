import { Body, Controller, Get, Header, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from 'src/common/domain/principal';
import { UnauthenticatedError } from 'src/common/errors/app-error';
import { ApiProblems } from 'src/common/http/decorators/api-problems.decorator';
import { ClientAddress } from 'src/common/http/decorators/client-address.decorator';
import { CurrentUser } from 'src/common/http/decorators/current-user.decorator';
import { Public } from 'src/common/http/decorators/public.decorator';
import { RequireScope } from 'src/common/http/decorators/require-scope.decorator';
import { InvalidCredentialsError } from 'src/modules/accounts/accounts.errors';
import {
  InvalidRefreshTokenError,
  RefreshTokenReusedError,
  TooManyAttemptsError,
  SessionsService,
  OptionalJwtAuthGuard,
} from 'src/modules/auth';
import { AuthService } from 'src/modules/accounts/auth.service';
import { EmailTakenError } from 'src/modules/users';
import {
  logoutAnswerSchema,
  signInAnswerSchema,
  toSignInAnswer,
  toUserAnswer,
  userAnswerSchema,
  type SignInAnswer,
  type UserAnswer,
} from './auth.answer';
import {
  loginSchema,
  logoutSchema,
  refreshSchema,
  registerSchema,
  type LoginBody,
  type LogoutBody,
  type RefreshBody,
  type RegisterBody,
} from './auth.schema';

// Answers that carry tokens must not be kept by anything on the way (RFC 6749, section 5.1).
const NO_STORE = ['cache-control', 'no-store'] as const;

@ApiTags('Auth')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
  ) {}

  @Post('register')
  @Public()
  @Header(...NO_STORE)
  @ApiOperation({
    operationId: 'register',
    summary: 'Create an account',
    description:
      'Creates a student account and signs it in. 409 email_taken when the address has an account. Passwords that are ' +
      'easy to guess are rejected with 400; errors[] say password_too_common or password_too_personal.',
  })
  @ApiCreatedResponse({ description: 'Signed in', standardSchema: signInAnswerSchema })
  @ApiProblems(new EmailTakenError(), new TooManyAttemptsError(10))
  async register(
    @Body({ schema: registerSchema }) body: RegisterBody,
    @ClientAddress() address: string,
  ): Promise<SignInAnswer> {
    const { email, password, full_name: fullName } = body;
    return toSignInAnswer(await this.auth.register({ email, password, fullName, address }));
  }

  @Post('login')
  @Public()
  @HttpCode(200)
  @Header(...NO_STORE)
  @ApiOperation({
    operationId: 'login',
    summary: 'Sign in',
    description:
      'Answers 401 invalid_credentials alike for an unknown address and a wrong password, and after several of them ' +
      '429 too_many_attempts with Retry-After.',
  })
  @ApiOkResponse({ description: 'Signed in', standardSchema: signInAnswerSchema })
  @ApiProblems(new InvalidCredentialsError(), new TooManyAttemptsError(2))
  async login(
    @Body({ schema: loginSchema }) { email, password }: LoginBody,
    @ClientAddress() address: string,
  ): Promise<SignInAnswer> {
    return toSignInAnswer(await this.auth.login({ email, password, address }));
  }

  @Post('refresh')
  @Public()
  @HttpCode(200)
  @Header(...NO_STORE)
  @ApiOperation({
    operationId: 'refresh',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'Each refresh token works once. A retry within 60 s gets the same successor; later reuse revokes the session.',
  })
  @ApiOkResponse({ description: 'Signed in', standardSchema: signInAnswerSchema })
  @ApiProblems(new InvalidRefreshTokenError(), new RefreshTokenReusedError())
  async refresh(@Body({ schema: refreshSchema }) body: RefreshBody): Promise<SignInAnswer> {
    return toSignInAnswer(await this.auth.refresh(body.refresh_token));
  }

  @Post('logout')
  @Public()
  @UseGuards(OptionalJwtAuthGuard)
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({
    operationId: 'logout',
    summary: 'Sign out',
    description:
      'Revokes the session of the access token, of the refresh token in the body, or of both, immediately.',
  })
  @ApiOkResponse({ description: 'Signed out', standardSchema: logoutAnswerSchema })
  @ApiProblems(
    new UnauthenticatedError('Send the access token or the refresh token of the session to revoke.'),
  )
  async logout(
    @Body({ schema: logoutSchema }) body: LogoutBody,
    @Req() { user }: { user?: Principal },
  ): Promise<{ logged_out: true }> {
    const token = body?.refresh_token;
    if (token === undefined && user === undefined) {
      throw new UnauthenticatedError('Send the access token or the refresh token of the session to revoke.');
    }
    if (token !== undefined) await this.sessions.endByToken(token);
    if (user !== undefined) await this.sessions.end(user.sessionId);
    return { logged_out: true };
  }

  @Get('me')
  @RequireScope('profile:read')
  @Header(...NO_STORE)
  @ApiBearerAuth()
  @ApiOperation({
    operationId: 'getCurrentUser',
    summary: 'Get the signed-in user',
    description: 'The signed-in user and their current tier.',
  })
  @ApiOkResponse({ description: 'The user', standardSchema: userAnswerSchema })
  async me(@CurrentUser() { userId }: Principal): Promise<UserAnswer> {
    return toUserAnswer(await this.auth.getAccount(userId));
  }
}
