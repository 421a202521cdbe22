/** Where a student goes after the payment page. Stripe itself always returns to a page of ours, which links there. */
export interface ReturnUrls {
  readonly successUrl: string;
  readonly cancelUrl: string;
}

const CHATGPT_URL = 'https://chatgpt.com/';

/** Where a student goes when the caller names no address: the published GPT, or ChatGPT while there is none. */
export function defaultReturnUrls(gptUrl: string | undefined): ReturnUrls {
  const withOutcome = (payment: string): string => {
    const url = new URL(gptUrl ?? CHATGPT_URL);
    url.searchParams.set('payment', payment);
    return url.href;
  };
  return { successUrl: withOutcome('success'), cancelUrl: withOutcome('cancelled') };
}

/** True for an http(s) URL without credentials whose origin is on the list: anything else would be an open redirect. */
export function isAllowedReturnUrl(url: URL, origins: readonly string[]): boolean {
  const plain = url.username === '' && url.password === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:') && origins.includes(url.origin);
}
