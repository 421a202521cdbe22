/** The client behind "Authorize" in Swagger UI; its callback is a page of ours. */
export const SWAGGER_CLIENT = 'swagger-operator';
export const SWAGGER_CALLBACK = '/docs/oauth2-redirect.html';
