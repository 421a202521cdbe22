import { createHash } from 'node:crypto';

/** The style of all pages, light and dark. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#566272;--card:#fff;--ground:#f3f5f8;--line:#dfe4ea;--good:#0f7b4f;--wait:#8a5a00;--neutral:#39506b;--link:#1f4f8f;--bad:#a3261b}
@media(prefers-color-scheme:dark){:root{--ink:#eef2f6;--soft:#a9b4c0;--card:#1b222c;--ground:#10151c;--line:#2d3743;--good:#4fd39a;--wait:#f0b95a;--neutral:#9fb8d6;--link:#9cc3ff;--bad:#ff9d92}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;grid-template-columns:minmax(0,1fr);place-items:center;padding:24px 16px;background:var(--ground);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{width:100%;background:var(--card);border:1px solid var(--line);border-radius:16px}
h1{text-wrap:balance;margin:0 0 12px;font-size:26px;line-height:1.25}
p{margin:0 0 28px;color:var(--soft)}
a{color:var(--link)}
a:focus-visible,pre:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--link);outline-offset:3px}
.card{max-width:460px;padding:40px 32px 28px;text-align:center}
.mark{width:60px;height:60px;margin:0 auto 20px;border-radius:50%;display:grid;place-items:center}
.mark svg{width:32px;fill:none;stroke:var(--card);stroke-width:2.6;stroke-linecap:round;stroke-linejoin:round}
.good .mark{background:var(--good)}.wait .mark{background:var(--wait)}.neutral .mark{background:var(--neutral)}
.button{display:block;padding:14px 20px;border-radius:10px;background:var(--ink);color:var(--card);font-weight:600;text-decoration:none}
.second{display:inline-block;margin-top:18px;padding:4px 8px}
.reference{margin:20px 0 0;font-size:13px;overflow-wrap:anywhere}
footer{margin-top:26px;padding-top:16px;border-top:1px solid var(--line);font-size:14px;color:var(--soft)}
.site{max-width:760px;padding:40px 40px 28px}
.site p{margin:0 0 18px}
.site h2{margin:28px 0 8px;font-size:19px}
.site ul{margin:0;padding-left:22px}
.site pre{margin:0 0 14px;padding:14px 16px;border-radius:10px;background:var(--ground);border:1px solid var(--line);overflow-x:auto;font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.form{max-width:460px;padding:40px 32px 28px}
.form p{margin:0 0 22px}
.form h2{margin:30px 0 8px;font-size:19px}
form{margin:0}
form+form{margin-top:12px}
label{display:block;margin:0 0 6px;font-weight:600;font-size:15px}
input:not([type=hidden]){display:block;width:100%;min-height:48px;margin:0 0 18px;padding:10px 12px;border:1px solid var(--soft);border-radius:10px;background:var(--card);color:var(--ink);font:inherit}
input[aria-invalid]{border:2px solid var(--bad)}
small{display:block;margin:-12px 0 18px;font-size:14px;color:var(--soft)}
.field-error{color:var(--bad)}
button{display:block;width:100%;min-height:50px;padding:12px 20px;border:1px solid transparent;border-radius:10px;font:inherit;font-weight:600;overflow-wrap:anywhere;cursor:pointer}
.primary{background:var(--ink);color:var(--card)}
.quiet{background:var(--card);color:var(--ink);border-color:var(--soft)}
.danger{background:var(--card);color:var(--bad);border-color:var(--bad)}
.error,.notice{margin:0 0 22px;padding:12px 14px;border-radius:10px;border:1px solid var(--bad);color:var(--bad);font-size:15px}
.notice{border-color:var(--good);color:var(--good)}
.open{border-color:var(--wait);color:var(--wait)}
.open button{min-height:44px;margin-top:12px;padding:8px 16px;font-size:15px}
.wide{max-width:620px}
dl{margin:0 0 4px}
dt{font-size:14px;color:var(--soft)}
dd{margin:0 0 10px;font-weight:600;overflow-wrap:anywhere}
.rows{margin:0 0 14px;padding:0;list-style:none}
.rows li{display:flex;flex-wrap:wrap;gap:10px 16px;align-items:center;justify-content:space-between;padding:14px 0;border-top:1px solid var(--line)}
.rows small{margin:2px 0 0;overflow-wrap:anywhere}
.rows li>div{min-width:0}
.rows button{width:auto;min-height:44px;padding:8px 16px;font-size:15px}
.rows progress{width:120px;accent-color:var(--good)}
.rows li>a{white-space:nowrap}
.rows li>small{margin:0}
.may{margin:0 0 24px;padding-left:22px}
.may li{margin:0 0 6px}
.links{margin:22px 0 0;padding:0;list-style:none;font-size:15px}
.links li{margin:0 0 6px}
.links a{display:inline-block;padding:4px 0}
.front{max-width:980px;padding:24px 40px 28px}
.front h2{margin:40px 0 14px;font-size:22px}
.brand{display:flex;justify-content:space-between;align-items:center;gap:16px}
.hero{max-width:720px;padding:44px 0 8px}
.hero h1{font-size:38px;line-height:1.15;margin:0 0 16px}
.hero p{font-size:19px;margin:0 0 26px}
.actions{display:flex;flex-wrap:wrap;gap:12px 20px;align-items:center}
.actions .second{margin:0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:14px;margin:0;padding:0;list-style:none}
.tiles>*{display:flex;flex-direction:column;gap:8px;padding:18px 18px 16px;border:1px solid var(--line);border-radius:12px;background:var(--ground)}
.tiles span{color:var(--soft);font-size:15px}
.tiles em{margin-top:auto;font-style:normal;font-size:14px;font-weight:600}
.tiles b{font-size:26px}
.tiles b small{display:inline;margin:0;font-size:15px;font-weight:400}
.free{color:var(--good)}.premium{color:var(--wait)}
.fine{margin:16px 0 24px;font-size:15px}
.sample summary{cursor:pointer;padding:8px 0;font-weight:600;color:var(--link)}
.sample article{padding:8px 0;overflow-x:auto}
.sample table{border-collapse:collapse}
.sample td,.sample th{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
@media(max-width:480px){.front{padding:18px 20px 20px}.hero{padding:28px 0 0}.hero h1{font-size:30px}.hero p{font-size:17px}.actions .button{width:100%;text-align:center}}
@media(max-width:480px){.card,.site,.form{padding:28px 20px 20px}}`;

/** The hash of this style in the content security policy. The browser blocks every other style. */
export const PAGE_STYLE_SOURCE = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
