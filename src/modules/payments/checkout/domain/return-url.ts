/** Where a student goes after the payment page. Stripe itself always returns to a page of ours, which links there. */
export interface ReturnUrls {
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export const DEFAULT_RETURN_URLS: ReturnUrls = {
  successUrl: 'https://chatgpt.com/?payment=success',
  cancelUrl: 'https://chatgpt.com/?payment=cancelled',
};

/** True for an http(s) URL without credentials whose origin is on the list: anything else would be an open redirect. */
export function isAllowedReturnUrl(url: URL, origins: readonly string[]): boolean {
  const plain = url.username === '' && url.password === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') && origins.includes(url.origin);
}
