export { AccessTokensService, type AccessToken } from './access-tokens.service';
export { ApplicationSessionsService } from './application-sessions.service';
export { AttemptsService } from './attempts.service';
export {
  InsufficientScopeError,
  InvalidRefreshTokenError,
  RecentSignInRequiredError,
  RefreshTokenReusedError,
} from './auth.errors';
export { AuthModule } from './auth.module';
export { AccountPageFilter } from './browser/account-page.filter';
export { AccountPages, CurrentSession } from './browser/account-pages.decorator';
export { BrowserSessionsService, type BrowserSession } from './browser/browser-sessions.service';
export { BrowserUsersService } from './browser/browser-users.service';
export { SessionCookie } from './browser/session-cookie';
export { ACCOUNT_PATH, parseReturnPath, signInPath, withReturn } from './domain/return-path';
export { decideRefresh } from './domain/decide-refresh';
export { OptionalJwtAuthGuard } from './http/optional-jwt-auth.guard';
export { RateLimitedError, TooManyAttemptsError } from './limits.errors';
export { deriveSuccessor, generateSuccessorSalt } from './refresh-token';
export { SessionsModule } from './sessions.module';
export { SessionsService, type Session } from './sessions.service';
export { UserSessionsModule } from './user-sessions.module';
export { UserSessionsService, type UserSession } from './user-sessions.service';
