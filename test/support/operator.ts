import { randomBytes } from 'node:crypto';
import { OperatorAccountsService } from '../../src/modules/accounts';
import type { TestApp } from './app';
import { call, type Answer } from './http';

/** An operator as Swagger UI would act for one: over HTTP, with a token of their own. */
export class Operator {
  private constructor(
    private readonly apiUrl: string,
    readonly id: string,
    readonly token: string,
  ) {}

  static async signIn(app: TestApp): Promise<Operator> {
    const email = `operator-${randomBytes(4).toString('hex')}@example.test`;
    const password = `a wrench of brass ${randomBytes(9).toString('hex')}`;
    await app.web.get(OperatorAccountsService, { strict: false }).ensure({ email, password });
    const answer = await call('POST', `${app.apiUrl}/api/v1/auth/login`, { body: { email, password } });
    const { id } = answer.body['user'] as { id: string };
    return new Operator(app.apiUrl, id, String(answer.body['access_token']));
  }

  get(path: string): Promise<Answer> {
    return call('GET', `${this.apiUrl}/api/v1/operator${path}`, { token: this.token });
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return call('POST', `${this.apiUrl}/api/v1/operator${path}`, { token: this.token, body });
  }

  put(path: string, body: unknown = {}): Promise<Answer> {
    return call('PUT', `${this.apiUrl}/api/v1/operator${path}`, { token: this.token, body });
  }
}
