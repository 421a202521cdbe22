/** For reading long texts on a desktop or a phone. */
export const PREVIEW_STYLE = `
:root{color-scheme:light dark;--ink:#1d2733;--soft:#5d6976;--line:#e0e5eb;--ground:#fff;--tint:#f5f7fa;--link:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#a3afbb;--line:#2c3540;--ground:#12171d;--tint:#1a2129;--link:#7db7f5}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:18px/1.65 Georgia,"Times New Roman",serif}
nav{display:flex;gap:24px;padding:14px 24px;border-bottom:1px solid var(--line);font:15px system-ui,sans-serif}
main{max-width:42rem;margin:0 auto;padding:32px 24px 96px}
h1,h2,h3{line-height:1.25;font-family:system-ui,sans-serif}h1{font-size:2.1rem;margin:.4em 0 .2em}
h2{margin:2.4em 0 .2em}h3{margin:1.8em 0 .4em}
a{color:var(--link)}
.subtitle{font-size:1.2rem;color:var(--soft);margin:0}.facts{color:var(--soft);font:14px system-ui,sans-serif;margin:.2em 0 1em}
.card{padding:4px 24px 12px;margin:20px 0;border:1px solid var(--line);border-radius:12px}.card h2{margin-top:.8em}
pre{overflow-x:auto;padding:16px;background:var(--tint);border:1px solid var(--line);border-radius:8px;font-size:14px;line-height:1.5;white-space:pre-wrap}
code{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.88em}
table{border-collapse:collapse;display:block;overflow-x:auto;font-size:.92em}th,td{border:1px solid var(--line);padding:6px 12px;text-align:left;vertical-align:top}
th{background:var(--tint)}
.quiz>li{margin:0 0 28px}.quiz ul{list-style:none;padding:0;margin:.6em 0 0}details{margin-top:1em;font-size:.92em;background:var(--tint);border-radius:8px;padding:8px 16px}
dt{font-weight:bold;margin-top:1.2em}dd{margin:0}
.pager{display:flex;justify-content:space-between;gap:24px;margin-top:64px;font:16px system-ui,sans-serif}`;
