import { defaultReturnUrls } from './return-url';

describe('defaultReturnUrls', () => {
  it('leads to ChatGPT while there is no published GPT', () => {
    expect(defaultReturnUrls(undefined)).toEqual({
      successUrl: 'https://chatgpt.com/?payment=success',
      cancelUrl: 'https://chatgpt.com/?payment=cancelled',
    });
  });

  it('leads to the published GPT, and keeps what its address has', () => {
    expect(defaultReturnUrls('https://chatgpt.com/g/g-1-course?model=auto')).toEqual({
      successUrl: 'https://chatgpt.com/g/g-1-course?model=auto&payment=success',
      cancelUrl: 'https://chatgpt.com/g/g-1-course?model=auto&payment=cancelled',
    });
  });
});
