import { createHash } from 'node:crypto';

/** The style of the operators' pages: tables and forms on wide and narrow screens, light and dark. */
export const OPS_STYLE = `
:root{color-scheme:light dark;--ink:#1a1f36;--soft:#4f566b;--card:#fff;--ground:#f6f8fa;--line:#dce1e8;--link:#3f3fd1;--bar:#1c2430;--good:#0b6b43;--good-bg:#d9f5e5;--warn:#7a4b00;--warn-bg:#fdf0d0;--bad:#a3261b;--bad-bg:#fde4e1;--info:#33476b;--info-bg:#e6ecf6}
@media(prefers-color-scheme:dark){:root{--ink:#eef2f6;--soft:#aeb8c4;--card:#1b222c;--ground:#10151c;--line:#303b48;--link:#a9b8ff;--bar:#0b0f15;--good:#6fe0ac;--good-bg:#12352a;--warn:#f4c56d;--warn-bg:#3a2d10;--bad:#ffa79d;--bad-bg:#431d19;--info:#b9cbea;--info-bg:#222f45}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
a{color:var(--link)}
a:focus-visible,input:focus-visible,button:focus-visible,select:focus-visible,summary:focus-visible,pre:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.bar{background:var(--bar);color:#fff}
.bar>div{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;max-width:1240px;margin:0 auto;padding:10px 20px}
.bar a{color:#dbe4f3;text-decoration:none;padding:6px 0;border-bottom:2px solid transparent}
.bar a[aria-current]{color:#fff;border-color:#fff;font-weight:600}
.bar a:focus-visible,.bar input:focus-visible,.bar button:focus-visible{outline-color:#9cc3ff}
.bar .brand{font-weight:700;color:#fff}
.bar nav{display:flex;flex-wrap:wrap;gap:2px 18px}
.search{display:flex;flex:1 1 280px;gap:8px;min-width:0}
.search input{flex:1;min-width:0}
main{max-width:1240px;margin:0 auto;padding:24px 20px 60px}
h1{margin:0 0 4px;font-size:24px;line-height:1.25;overflow-wrap:anywhere}
h2{margin:0 0 12px;font-size:17px}
h3{margin:18px 0 6px;font-size:15px}
p{margin:0 0 12px}
.soft{color:var(--soft)}
.lead{margin:0 0 20px;color:var(--soft);overflow-wrap:anywhere}
.cols{display:grid;grid-template-columns:minmax(0,1fr);gap:20px;align-items:start}
.cols>*{min-width:0}
@media(min-width:980px){.cols{grid-template-columns:minmax(0,1fr) 340px}}
.card{margin:0 0 20px;padding:18px 20px;background:var(--card);border:1px solid var(--line);border-radius:10px}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(165px,1fr));gap:12px;margin:0 0 20px}
.tile{display:block;padding:14px 16px;background:var(--card);border:1px solid var(--line);border-radius:10px;color:var(--ink);text-decoration:none}
.tile b{display:block;font-size:22px;line-height:1.3}
.tile.bad{border-color:var(--bad)}.tile.bad b{color:var(--bad)}
.tile.warn{border-color:var(--warn)}.tile.warn b{color:var(--warn)}
.badge{display:inline-block;padding:1px 8px;border-radius:9px;font-size:13px;font-weight:600;white-space:nowrap;background:var(--info-bg);color:var(--info)}
.badge.good{background:var(--good-bg);color:var(--good)}.badge.warn{background:var(--warn-bg);color:var(--warn)}.badge.bad{background:var(--bad-bg);color:var(--bad)}
.finding{margin:0 0 12px;padding:12px 16px;border-left:4px solid var(--info);border-radius:0 8px 8px 0;background:var(--info-bg)}
.finding.good{border-color:var(--good);background:var(--good-bg)}.finding.warn{border-color:var(--warn);background:var(--warn-bg)}.finding.bad{border-color:var(--bad);background:var(--bad-bg)}
.finding p{margin:2px 0 0}
.notice{margin:0 0 16px;padding:10px 14px;border-radius:8px;background:var(--good-bg);color:var(--good);font-weight:600}
.notice.bad{background:var(--bad-bg);color:var(--bad)}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:14px}
th{padding:6px 10px 6px 0;text-align:left;color:var(--soft);font-weight:600;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:8px 10px 8px 0;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:break-word}
td code,td a,td .soft{overflow-wrap:anywhere}
tr:last-child td{border-bottom:0}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
time{white-space:nowrap}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
pre{margin:0;padding:12px;max-height:420px;overflow:auto;background:var(--ground);border:1px solid var(--line);border-radius:8px}
dl{display:grid;grid-template-columns:minmax(90px,auto) minmax(0,1fr);gap:4px 14px;margin:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.events{margin:0;padding:0;list-style:none}
.events>li{display:grid;grid-template-columns:minmax(0,1fr);gap:2px 14px;padding:8px 0;border-bottom:1px solid var(--line)}
.events>li:last-child{border-bottom:0}
@media(min-width:720px){.events>li{grid-template-columns:150px minmax(0,1fr)}}
.events time{color:var(--soft);font-size:13px}
.events p{margin:0}
.events div{min-width:0;overflow-wrap:anywhere}
details{margin:0}
summary{cursor:pointer;padding:8px 0;font-weight:600}
.act{border-top:1px solid var(--line)}
.act:first-of-type{border-top:0}
.act form{padding:2px 0 12px}
label{display:block;margin:0 0 10px;font-size:14px;font-weight:600}
input,select{display:block;width:100%;min-height:40px;margin-top:4px;padding:7px 10px;border:1px solid var(--soft);border-radius:7px;background:var(--card);color:var(--ink);font:inherit;font-weight:400}
input[type=hidden]{display:none}
input[type=checkbox]{display:inline-block;width:18px;min-height:18px;height:18px;margin:0 8px 0 0;vertical-align:-3px}
.search input{margin:0}
button{min-height:40px;padding:7px 16px;border:1px solid transparent;border-radius:7px;background:var(--ink);color:var(--card);font:inherit;font-weight:600;cursor:pointer}
button.danger{background:var(--card);color:var(--bad);border-color:var(--bad)}
button.quiet,.bar button{background:transparent;color:inherit;border-color:currentcolor}
.filters{display:flex;flex-wrap:wrap;gap:10px 14px;align-items:end}
.filters label{margin:0;flex:1 1 150px}
.links{display:flex;flex-wrap:wrap;gap:6px 16px;margin:0 0 16px;padding:0;list-style:none}
.links a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
.plot{margin:0}
.plot figcaption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.plot svg{display:block;width:100%;min-width:640px;height:auto}
.plot text{font:11px system-ui,sans-serif;fill:var(--soft);text-anchor:middle}
.bar-of{fill:var(--link)}.less{fill:var(--bad)}
@media(max-width:719px){
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}
.stack tr:last-child{border-bottom:0}
.stack td{display:flex;justify-content:space-between;gap:14px;padding:3px 0;border:0;text-align:right}
.stack td>span{min-width:0;overflow-wrap:anywhere}
.stack td::before{content:attr(data-label);flex:none;color:var(--soft);text-align:left}
}`;

/** The hash of this style in the content security policy. */
export const OPS_STYLE_SOURCE = `'sha256-${createHash('sha256').update(OPS_STYLE).digest('base64')}'`;

/** Nothing but this style, our own forms and images of this server. */
export const OPS_POLICY = [
  "default-src 'none'",
  `style-src ${OPS_STYLE_SOURCE}`,
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join(';');
