import { escapeHtml, htmlDocument } from 'src/common/http/page';

/** What this is, whether it runs, and the first commands to try. `apiUrl` without a trailing slash. */
export function landingPage(apiUrl: string): string {
  const body = `<main class="site">
<h1>Course Companion</h1>
<p>A course on generative AI that you take inside ChatGPT. The first chapters are free; premium opens the rest.
Students learn in ChatGPT, which calls the API at this address.</p>
<h2>For students</h2>
<ul><li><a href="/register">Create an account</a></li><li><a href="/account">Your account</a></li></ul>
<h2>Is it running?</h2>
<ul><li><a href="/health/live">Is the process alive</a></li><li><a href="/health/ready">Can it serve requests</a></li></ul>
<h2>Try it from a terminal</h2>
<p>Make an account and keep the <code>access_token</code> of the answer:</p>
${commands(`curl -s ${apiUrl}/api/v1/auth/register \\
  -H 'content-type: application/json' \\
  -d '{"email": "ada@example.test",
       "password": "correct horse battery",
       "full_name": "Ada"}'

TOKEN=the-access-token`)}
<p>List the chapters and ask for a payment link:</p>
${commands(`curl -s ${apiUrl}/api/v1/chapters \\
  -H "authorization: Bearer $TOKEN"

curl -s -X POST \\
  ${apiUrl}/api/v1/payments/create-checkout-session \\
  -H "authorization: Bearer $TOKEN"`)}
<p>Open the <code>short_url</code> of the answer in a browser, pay, and read a premium chapter from the list:</p>
${commands(`CHAPTER=the-id-from-the-list

curl -s ${apiUrl}/api/v1/chapters/$CHAPTER \\
  -H "authorization: Bearer $TOKEN"`)}
<h2>For operators</h2>
<ul><li><a href="/docs">Every operation, to try out</a></li><li><a href="/docs/queues">The queues</a></li>
<li><a href="/chatgpt/openapi.json">The Actions document for ChatGPT</a></li></ul>
<footer>Course Companion · <a href="/privacy">Privacy policy</a> · <a href="/terms">Terms</a></footer></main>`;
  return htmlDocument({ title: 'Course Companion', body });
}

// Long lines scroll inside the block, which therefore must be reachable by keyboard.
const commands = (text: string): string =>
  `<pre tabindex="0" role="region" aria-label="Commands">${escapeHtml(text)}</pre>`;
