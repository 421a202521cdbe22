import { Injectable } from '@nestjs/common';
import { AccessConfig, HttpConfig, SiteConfig } from 'src/config/app-config';
import {
  defaultReturnUrls,
  isAllowedReturnUrl,
  type ReturnUrls,
} from 'src/modules/payments/checkout/domain/return-url';
import { ReturnUrlError } from 'src/modules/payments/payments.errors';

/** Checks requested return addresses against the allow-list and knows our own return pages. */
@Injectable()
export class ReturnUrlsService {
  constructor(
    private readonly access: AccessConfig,
    private readonly http: HttpConfig,
    private readonly site: SiteConfig,
  ) {}

  /** Fills in the defaults. Throws ReturnUrlError for an origin that is not allowed. */
  resolve(requested: Partial<ReturnUrls>): ReturnUrls {
    const { successUrl, cancelUrl } = defaultReturnUrls(this.site.gptUrl);
    return {
      successUrl: this.check('/success_url', requested.successUrl) ?? successUrl,
      cancelUrl: this.check('/cancel_url', requested.cancelUrl) ?? cancelUrl,
    };
  }

  /**
   * Our pages. Stripe fills the session id into success_url; for cancel_url it promises nothing of the kind, so that one
   * carries our own code of the checkout.
   */
  ownPages(shortCode: string): ReturnUrls {
    const page = `${this.http.publicUrl}/checkout`;
    return {
      successUrl: `${page}/return?session_id={CHECKOUT_SESSION_ID}`,
      cancelUrl: `${page}/cancelled?code=${shortCode}`,
    };
  }

  shortUrl(code: string): string {
    return `${this.http.publicUrl}/c/${code}`;
  }

  private check(pointer: string, value: string | undefined): string | undefined {
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    if (url !== null && isAllowedReturnUrl(url, this.access.returnUrlOrigins)) return url.href;
    throw new ReturnUrlError('The return address must be on an allowed site.', {
      errors: [{ pointer, detail: `must start with one of: ${this.access.returnUrlOrigins.join(', ')}` }],
    });
  }
}
