import { escapeHtml, htmlDocument } from 'src/common/http/page';

/** For developers and operators: status, and the first commands. `apiUrl` has no trailing slash. */
export function quickstartPage(apiUrl: string): string {
  const body = `<main class="site">
<h1>Course Companion for developers</h1>
<p>ChatGPT calls the API at this address. Students start at the <a href="/">front page</a>.</p>
<h2>Status</h2>
<ul><li><a href="/health/live">Is the process running?</a></li><li><a href="/health/ready">Can it serve requests?</a></li></ul>
<h2>Try it from a terminal</h2>
<p>Create an account, and copy the <code>access_token</code> from the answer:</p>
${commands(`curl -s ${apiUrl}/api/v1/auth/register \\
  -H 'content-type: application/json' \\
  -d '{"email": "ada@example.test",
       "password": "correct horse battery",
       "full_name": "Ada"}'

TOKEN=the-access-token`)}
<p>List the chapters, and create a payment link:</p>
${commands(`curl -s ${apiUrl}/api/v1/chapters \\
  -H "authorization: Bearer $TOKEN"

curl -s -X POST \\
  ${apiUrl}/api/v1/payments/create-checkout-session \\
  -H "authorization: Bearer $TOKEN"`)}
<p>Open the <code>short_url</code> from the answer in a browser and pay. Then read a premium chapter from the list:</p>
${commands(`CHAPTER=the-id-from-the-list

curl -s ${apiUrl}/api/v1/chapters/$CHAPTER \\
  -H "authorization: Bearer $TOKEN"`)}
<h2>For operators</h2>
<ul><li><a href="/docs">Try every operation</a></li><li><a href="/docs/queues">Queue dashboard</a></li>
<li><a href="/chatgpt/openapi.json">The Actions document for ChatGPT</a></li></ul>
<footer>Course Companion · <a href="/privacy">Privacy policy</a> · <a href="/terms">Terms</a></footer></main>`;
  return htmlDocument({ title: 'For developers · Course Companion', body });
}

// Long lines scroll inside the block, which therefore must be reachable by keyboard.
const commands = (text: string): string =>
  `<pre tabindex="0" role="region" aria-label="Commands">${escapeHtml(text)}</pre>`;
