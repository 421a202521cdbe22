import {
  request as httpRequest,
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { request as httpsRequest, Agent as HttpsAgent } from 'node:https';

export interface Answer {
  status: number | null;
  error: string | null;
}

export interface WebhookRequest {
  url: string;
  body: string;
  signature: string;
  timeoutMs: number;
}

/** The headers of a real delivery, except those that depend on the body. */
export const DELIVERY_HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-cache',
  'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
  Accept: '*/*; q=0.5, application/xml',
};

/** Sends webhook bodies with the headers of a real Stripe delivery. Redirects are not followed. */
export class WebhookClient {
  private readonly http = new HttpAgent({ keepAlive: true, maxSockets: 64 });
  private readonly https = new HttpsAgent({ keepAlive: true, maxSockets: 64 });

  /** Never rejects: errors are part of the answer. */
  post(delivery: WebhookRequest): Promise<Answer> {
    return new Promise((resolve) => {
      const fail = (error: string) => resolve({ status: null, error });
      let request: ClientRequest;
      try {
        request = this.open(delivery);
      } catch (error) {
        fail((error as Error).message);
        return;
      }
      const timer = setTimeout(() => {
        fail('timeout');
        request.destroy();
      }, delivery.timeoutMs);
      request.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        fail(error.code ?? error.message);
      });
      request.on('response', (response: IncomingMessage) => {
        response.resume();
        response.on('close', () => clearTimeout(timer));
        resolve({ status: response.statusCode ?? null, error: null });
      });
      request.end(delivery.body);
    });
  }

  close(): void {
    this.http.destroy();
    this.https.destroy();
  }

  private open(delivery: WebhookRequest): ClientRequest {
    const secure = delivery.url.startsWith('https:');
    const send = secure ? httpsRequest : httpRequest;
    return send(delivery.url, {
      method: 'POST',
      agent: secure ? this.https : this.http,
      headers: {
        ...DELIVERY_HEADERS,
        'Content-Length': Buffer.byteLength(delivery.body),
        'Stripe-Signature': delivery.signature,
      },
    });
  }
}
