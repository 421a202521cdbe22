import { createHash } from 'node:crypto';

/** The complete style of the verification page. It uses system fonts, so the page loads nothing. */
export const CERTIFICATE_STYLE = `
:root{color-scheme:light dark;--ink:#1d2733;--soft:#5b6673;--card:#fffdf8;--ground:#eceae4;--line:#d9d2c2;--gold:#9a7526;--good:#0f6b47;--bad:#a3312b;--neutral:#4a5a6c}
@media(prefers-color-scheme:dark){:root{--ink:#f1eee6;--soft:#b3afa5;--card:#1d2127;--ground:#121519;--line:#3a3a36;--gold:#d3ad5a;--good:#56cf9b;--bad:#f08a80;--neutral:#a9bad0}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--ground);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:min(100%,720px);background:var(--card);border:1px solid var(--gold);outline:1px solid var(--line);outline-offset:-9px;border-radius:4px;padding:52px 48px 40px;text-align:center}
.verdict{display:inline-flex;align-items:center;gap:10px;margin:0 0 28px;padding:7px 18px 7px 14px;border:1px solid currentColor;border-radius:999px;font-size:15px;font-weight:600}
.verdict svg{width:18px;height:18px;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.valid .verdict{color:var(--good)}.revoked .verdict{color:var(--bad)}.unknown .verdict{color:var(--neutral)}
.kicker{margin:0;color:var(--soft);font-size:15px}
h1,h2{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua",Georgia,serif;font-weight:500;overflow-wrap:anywhere;text-wrap:balance}
h1{margin:6px 0 10px;font-size:clamp(30px,7vw,46px);line-height:1.15}
h2{margin:6px 0 0;font-size:clamp(20px,4.4vw,26px);line-height:1.3}
.revoked h1,.revoked h2{color:var(--soft);text-decoration:line-through;text-decoration-thickness:1px}
p.lead{max-width:48ch;text-wrap:balance;margin:14px auto 0;color:var(--soft)}
hr{width:72px;margin:26px auto;border:0;border-top:1px solid var(--gold)}
dl{display:grid;grid-template-columns:1fr 1fr;gap:18px 28px;margin:32px 0 0;padding:24px 0 0;border-top:1px solid var(--line);text-align:left}
dt{color:var(--soft);font-size:14px}
dd{margin:2px 0 0;overflow-wrap:anywhere}
dd.code{font:15px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.wide{grid-column:1/-1}
a{color:inherit}
a.button{display:inline-block;margin:32px 0 0;padding:13px 28px;border-radius:8px;background:var(--ink);color:var(--card);font-weight:600;text-decoration:none}
a:focus-visible{outline:3px solid var(--gold);outline-offset:3px}
footer{margin:28px 0 0;color:var(--soft);font-size:14px}
@media(max-width:560px){main{padding:44px 26px 34px}dl{grid-template-columns:1fr;gap:14px}a.button{display:block}}
@media print{body{background:none}main{border-color:#999}a.button{display:none}}`;

const STYLE_HASH = createHash('sha256').update(CERTIFICATE_STYLE).digest('base64');

/** Allows only this style: no scripts, no other sources, no framing. */
export const CERTIFICATE_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
