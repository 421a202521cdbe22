import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';

/** For a public route that can use a valid access token if there is one. Never refuses; an outage is still an error. */
@Injectable()
export class OptionalJwtAuthGuard extends AuthGuard('jwt') {
  override handleRequest<TUser>(error: unknown, user: TUser | false | null | undefined): TUser {
    if (error) throw error;
    return (user || undefined) as TUser;
  }
}
