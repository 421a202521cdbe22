const BASE = `
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:#1a2233;background:#fff}
a{color:#2f5bd7}
h1,h2,p{margin:0}
:focus-visible{outline:3px solid #8fb0ff;outline-offset:2px}
.badge{display:inline-block;padding:2px 10px;border-radius:999px;background:#ffe8b3;color:#6b4700;font-size:13px;font-weight:600}
button{font:inherit;cursor:pointer}
`;

export const CHECKOUT_STYLES = `${BASE}
.checkout{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);min-height:100vh}
.summary{background:#13264a;color:#fff;padding:48px 64px;display:flex;justify-content:flex-end}
.summary>div{width:100%;max-width:420px}
.summary .back{color:#c6d4f5;text-decoration:none;font-size:15px}
.summary .back:hover{text-decoration:underline}
.summary h1{font-size:18px;font-weight:500;color:#d7e1f8;margin-top:36px}
.price{display:flex;align-items:baseline;gap:10px;margin-top:4px}
.price b{font-size:42px;font-weight:650;letter-spacing:-.5px}
.price span{color:#c6d4f5}
.lines{list-style:none;margin:36px 0 0;padding:0}
.lines li,.total{display:flex;justify-content:space-between;gap:24px;padding:14px 0;border-top:1px solid #2c4170}
.lines small{display:block;color:#b8c7ea;font-size:14px}
.total{font-weight:650}
.code{display:flex;gap:10px;align-items:flex-start;padding:0 0 16px}
.code label{display:block;font-size:14px;color:#c6d4f5;margin-bottom:6px}
.code div{flex:1;min-width:0}
.code input{width:100%;font:inherit;padding:9px 12px;border:1px solid #41588c;border-radius:8px;background:#1c3261;color:#fff}
.code div+button{margin-top:27px}
.code button{border:1px solid #41588c;border-radius:8px;background:transparent;color:#fff;padding:9px 16px}
.code button:hover{background:#24407a}
.summary .error{color:#ffb9c0}
.terms{color:#b8c7ea;font-size:14px;margin-top:20px}
.form{padding:48px 64px;display:flex}
.form>div{width:100%;max-width:420px}
.notice{background:#fff6df;border:1px solid #f2d48a;color:#6b4700;border-radius:10px;padding:10px 14px;font-size:14px;margin-bottom:28px}
.form h2{font-size:20px;margin-bottom:16px}
.field{margin-bottom:16px}
.field label,.field .label,legend{display:block;font-size:14px;font-weight:600;color:#3a4560;margin-bottom:6px}
.field input,.field select{width:100%;font:inherit;padding:11px 12px;border:1px solid #c9d0de;border-radius:8px;background:#fff;color:inherit;box-shadow:0 1px 2px rgba(20,30,60,.05)}
.field input:focus,.field select:focus{outline:3px solid #cfddff;border-color:#2f5bd7}
.field .known{padding:11px 0;color:#1a2233;overflow-wrap:anywhere}
.row{display:grid;grid-template-columns:1fr 1fr;gap:14px}
.field.wrong input,.field.wrong select{border-color:#c42b3a;background:#fff7f7}
.error{color:#b3202f;font-size:14px;margin-top:6px}
.banner{background:#fdecee;border:1px solid #f2b3ba;color:#8d1824;border-radius:10px;padding:12px 14px;margin-bottom:20px}
fieldset{border:0;margin:0 0 16px;padding:0}
.choice{display:flex;gap:18px}
.choice label{font-weight:500}
.pay{width:100%;border:0;border-radius:10px;background:#2f5bd7;color:#fff;font-weight:650;font-size:17px;padding:14px;margin-top:8px}
.pay:hover{background:#254bb8}
.pay[disabled]{background:#7d97dd}
.quiet{background:#eef1f7;color:#1a2233;margin-top:12px}
.quiet:hover{background:#e1e6f0}
.small{font-size:13px;color:#5b6680;margin-top:16px}
details{margin-top:22px;font-size:14px;color:#3a4560}
summary{cursor:pointer;font-weight:600}
details table{border-collapse:collapse;width:100%;margin-top:8px}
details td{padding:4px 8px 4px 0;border-bottom:1px solid #eceff5;vertical-align:top}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:nowrap}
.center{min-height:100vh;display:grid;place-items:center;background:#f3f5fa;padding:20px}
.card{background:#fff;border-radius:16px;padding:36px;max-width:440px;width:100%;box-shadow:0 10px 40px rgba(20,30,60,.12)}
.card h1{font-size:22px;margin:14px 0 10px}
.card p{color:#3a4560;margin-bottom:12px}
.card .link{display:block;text-align:center;text-decoration:none}
.facts{width:100%;border-collapse:collapse;margin:8px 0 20px}
.facts td{padding:8px 0;border-bottom:1px solid #eceff5}
.facts td:last-child{text-align:right;font-weight:600}
@media (max-width:820px){
.checkout{display:block}
.summary,.form{padding:24px 20px;display:block}
.summary>div,.form>div{max-width:520px;margin:0 auto}
.summary h1{margin-top:18px}
.price b{font-size:34px}
.lines{margin-top:18px}
}
`;

export const CONTROL_STYLES = `${BASE}
body{background:#f3f5fa}
section p+form{display:block;margin-top:12px}
main{max-width:1180px;margin:0 auto;padding:24px 20px 60px}
header{display:flex;flex-wrap:wrap;gap:12px 24px;align-items:center;margin-bottom:20px}
h1{font-size:24px}
h2{font-size:17px;margin-bottom:10px}
section{background:#fff;border:1px solid #e2e7f0;border-radius:14px;padding:18px;margin-bottom:18px;overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:14px}
th{text-align:left;color:#5b6680;font-weight:600;padding:6px 12px 6px 0;border-bottom:1px solid #dfe4ee;white-space:nowrap}
td{padding:7px 12px 7px 0;border-bottom:1px solid #eef1f6;vertical-align:top}
form{display:inline}
button{border:1px solid #c9d0de;background:#fff;border-radius:8px;padding:6px 12px;margin:0 6px 6px 0}
button:hover{background:#eef3ff;border-color:#9bb3ee}
code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.state{display:inline-block;border-radius:999px;padding:1px 9px;font-size:13px;background:#e9edf5;color:#3a4560;white-space:nowrap}
.good{background:#ddf3e4;color:#136a34}
.bad{background:#fde3e5;color:#94202c}
.wait{background:#fff0cf;color:#6b4700}
.clock{font-size:20px;font-weight:650}
.muted{color:#5b6680;font-size:14px}
.switches{margin-bottom:12px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:18px}
@media (max-width:820px){
.two{display:block}
table,tbody,tr,td{display:block}
th{display:none}
td{padding:2px 0;border:0}
tr{padding:10px 0;border-bottom:1px solid #eef1f6}
code{overflow-wrap:anywhere}
}
`;

export const PORTAL_STYLES = `
body{background:#f3f5fa}
.portal{max-width:680px;margin:0 auto;padding:40px 20px 80px}
.portal header{display:flex;flex-wrap:wrap;align-items:center;gap:8px 14px;margin-bottom:12px}
.box>a{display:inline-block;margin-top:14px}
.portal header a{margin-left:auto}
.portal h1{font-size:26px}
.portal h2{font-size:18px;margin:34px 0 12px}
.portal h3{margin:0;font-size:17px}
.portal .price b{font-size:26px}
.portal .small{margin-top:0}
.box{background:#fff;border-radius:14px;padding:24px;box-shadow:0 2px 14px rgba(20,30,60,.08);margin-bottom:14px}
.box p{margin:6px 0}
.box form{margin-top:10px}
.box .quiet{margin-top:0;font-size:16px;padding:12px}
.portal .facts{background:#fff;border-radius:14px;padding:8px 24px;border-spacing:0;border-collapse:separate}
.box .facts{padding:0}
`;

export const PRINT_STYLES = `
.paper{max-width:560px}
.paper .facts td{vertical-align:top}
@media print{
.center{min-height:0;display:block;background:#fff;padding:0}
.paper{box-shadow:none;max-width:none;padding:0}
.screen{display:none}
}
`;
