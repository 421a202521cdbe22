/** Additions to Swagger UI's own style. The field for a client secret is hidden, because a public client has none. */
export const CONSOLE_STYLE = `
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header.console{display:flex;flex-wrap:wrap;gap:8px 28px;align-items:baseline;padding:14px 24px;background:#1c2430;color:#fff}
header.console nav{display:flex;gap:20px}
header.console a{padding:4px 0;color:#c9dcff;text-decoration:none}
header.console a[aria-current]{color:#fff;font-weight:600;border-bottom:2px solid #fff}
header.console a:focus-visible{outline:3px solid #9cc3ff;outline-offset:3px}
.auth-container div:has(>label[for^="client_secret"]){display:none}
`;
