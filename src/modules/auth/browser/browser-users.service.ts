import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SignInRequiredError } from 'src/modules/auth/auth.errors';
import { UsersService, type User } from 'src/modules/users';
import { BrowserSessionsService } from './browser-sessions.service';
import { SessionCookie } from './session-cookie';

/** The user who is signed in in this browser, for pages of other modules. */
@Injectable()
export class BrowserUsersService {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly sessions: BrowserSessionsService,
    private readonly users: UsersService,
  ) {}

  /** The account as it is now, its role included. Throws `sign_in_required`. */
  async get(request: FastifyRequest): Promise<User> {
    const session = await this.sessions.find(this.cookie.read(request));
    const user = session && (await this.users.findById(session.userId));
    if (user === undefined) throw new SignInRequiredError();
    return user;
  }
}
