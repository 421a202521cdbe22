import { SWAGGER_CALLBACK, SWAGGER_CLIENT } from 'src/modules/oauth';
import { swaggerRenewal } from './swagger-renewal';

/** The page around Swagger UI. Its addresses are absolute, because it also answers with a trailing slash. */
export function swaggerPage(): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>API · Course Companion</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="stylesheet" href="/docs/console.css">
<script defer src="/docs/swagger-ui-bundle.js"></script><script defer src="/docs/swagger-start.js"></script></head>
<body><header class="console"><b>Course Companion</b><nav aria-label="Console">
<a href="/docs" aria-current="page">API</a><a href="/docs/queues">Queues</a><a href="/account">Your account</a></nav></header>
<main id="swagger-ui"><noscript>This page needs scripts.</noscript></main></body></html>`;
}

/** The script that starts Swagger UI. Tokens exist only while the page is open. */
export function swaggerStart(publicUrl: string): string {
  const options = {
    url: '/docs/openapi.json',
    dom_id: '#swagger-ui',
    deepLinking: true,
    docExpansion: 'list',
    filter: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: -1,
    persistAuthorization: false,
    // By default a Swagger server would be asked whether the document is valid.
    validatorUrl: null,
    oauth2RedirectUrl: `${publicUrl}${SWAGGER_CALLBACK}`,
  };
  const oauth = {
    clientId: SWAGGER_CLIENT,
    scopes: ['operator'],
    usePkceWithAuthorizationCodeGrant: true,
  };
  return [
    `window.console_ui = SwaggerUIBundle(${JSON.stringify(options)});`,
    `window.console_ui.initOAuth(${JSON.stringify(oauth)});`,
    swaggerRenewal(publicUrl),
  ].join('\n');
}
