import { findRedirectUriProblem } from './redirect-uri';

describe('findRedirectUriProblem', () => {
  it.each([
    'https://chatgpt.com/aip/g-0123456789abcdef/oauth/callback',
    'https://chat.openai.com/aip/g-0123456789abcdef/oauth/callback',
    'https://app.example/callback?from=companion',
  ])('takes %s everywhere', (uri) => {
    expect([findRedirectUriProblem(uri, true), findRedirectUriProblem(uri, false)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each(['http://127.0.0.1:8080/callback', 'http://localhost/callback', 'http://[::1]:1/callback'])(
    'takes %s outside production only',
    (uri) => {
      expect(findRedirectUriProblem(uri, false)).toBeUndefined();
      expect(findRedirectUriProblem(uri, true)).toMatch(/https/);
    },
  );

  it.each([
    ['https://chatgpt.com/aip/*/oauth/callback', /wildcards/],
    ['https://*.chatgpt.com/callback', /wildcards/],
    ['https://chatgpt.com/call back', /blanks/],
    ['/callback', /complete/],
    ['chatgpt.com/callback', /complete/],
    ['https://chatgpt.com/callback#top', /fragment/],
    ['https://chatgpt.com/callback#', /fragment/],
    ['https://user:pass@chatgpt.com/callback', /user name/],
    ['http://chatgpt.com/callback', /https/],
    ['http://127.0.0.1.evil.example/callback', /https/],
    ['javascript:alert(1)', /https/],
    ['data:text/html,x', /https/],
    ['', /complete/],
  ])('refuses %s', (uri, why) => {
    expect(findRedirectUriProblem(uri, false)).toMatch(why);
  });
});
