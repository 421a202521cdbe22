import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from 'src/app.module';
import { SCOPE_MEANINGS } from 'src/common/domain/scopes';
import type { ProblemDetails } from 'src/common/http/problem-details';
import type { AppConfig } from 'src/config/app-config';
import { addExamples } from './examples';
import { isPublic, operationsOf, scopeOf, type Operation } from './operations';
import { PROBLEM_SCHEMA, problemResponses, problemsOf } from './problems';
import { TAG_GROUPS } from './tags';

/** The document of the whole API, from the decorators of the routes. Starts nothing and opens no connection. */
export async function createOpenApiDocument(config: AppConfig): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register(config),
    new FastifyAdapter(),
    {
      preview: true,
      logger: false,
      abortOnError: false,
    },
  );
  const document = SwaggerModule.createDocument(app, basics(config.http.publicUrl));
  const operations = operationsOf(document);
  const problems = new Map<string, ProblemDetails>();
  for (const operation of operations) {
    for (const problem of complete(operation)) problems.set(problem.code, problem);
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA },
    examples: Object.fromEntries(
      [...problems.values()].map((value) => [value.code, { summary: value.title, value }]),
    ),
  };
  operations.forEach(addExamples);
  return document;
}

function basics(publicUrl: string): Omit<OpenAPIObject, 'paths'> {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Course Companion')
    .setDescription('A freemium course inside ChatGPT: chapters, progress and subscriptions.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addOAuth2(
      {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: `${publicUrl}/oauth/authorize`,
            tokenUrl: `${publicUrl}/oauth/token`,
            refreshUrl: `${publicUrl}/oauth/token`,
            scopes: SCOPE_MEANINGS,
          },
        },
      },
      'oauth',
    )
    .addExtension(
      'x-tagGroups',
      TAG_GROUPS.map(({ name, tags }) => ({ name, tags: Object.keys(tags) })),
    );
  for (const { name, tags } of TAG_GROUPS) {
    for (const [tag, about] of Object.entries(tags)) builder.addTag(tag, `${name}: ${about}`);
  }
  return builder.build();
}

/** Converts the extensions of our decorators to OpenAPI and removes them. Returns the possible errors. */
function complete(operation: Operation): ProblemDetails[] {
  const problems = problemsOf(operation);
  for (const [status, response] of Object.entries(problemResponses(problems))) {
    const own = operation.responses[status];
    operation.responses[status] = { ...response, content: { ...own?.content, ...response.content } };
  }
  operation.security = securityOf(operation);
  for (const name of Object.keys(operation).filter((key) => key.startsWith('x-'))) delete operation[name];
  return problems;
}

/** Alternatives: the user's own token, or the token of an application with the scope. */
function securityOf(operation: Operation): Record<string, string[]>[] {
  if (isPublic(operation)) return [];
  const scope = scopeOf(operation);
  return [{ bearer: [] }, ...(scope === undefined ? [] : [{ oauth: [scope] }])];
}
