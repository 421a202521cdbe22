import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpConfig } from 'src/config/app-config';
import { BROWSER_SESSION_DAYS } from './browser-sessions.service';

const DAY_SECONDS = 24 * 60 * 60;

/** The one cookie of our pages: not for scripts, not for other sites' forms, and over https for this very host only. */
@Injectable()
export class SessionCookie {
  private readonly secure: boolean;
  private readonly name: string;

  constructor({ publicUrl }: HttpConfig) {
    this.secure = publicUrl.startsWith('https://');
    // RFC 6265bis, section 4.1.3.2: no subdomain can set or shadow a cookie with this prefix.
    this.name = this.secure ? '__Host-session' : 'session';
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.name];
  }

  write(reply: FastifyReply, secret: string): void {
    void reply.setCookie(this.name, secret, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.secure,
      maxAge: BROWSER_SESSION_DAYS * DAY_SECONDS,
    });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure });
  }
}
