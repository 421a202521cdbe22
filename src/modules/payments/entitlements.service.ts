import { Injectable } from '@nestjs/common';
import type { Access } from './domain/access';

/** Answers whether a user may use premium content. One indexed read per question, no cache, no call to Stripe. */
@Injectable()
export class EntitlementsService {
  /** Never turns a failure into "free": throws (503 at the edge) when the facts cannot be read. */
  getAccess(_userId: string): Promise<Access> {
    return Promise.reject(new Error('not wired yet'));
  }
}
