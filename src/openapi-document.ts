import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { PUBLIC_EXTENSION } from 'src/common/http/decorators/public.decorator';
import type { AppConfig } from 'src/config/app-config';
import { AppModule } from './app.module';

/** RFC 9457, as src/common/http/problem-details.ts makes it. */
const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable; docs/errors.md lists them' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
  additionalProperties: true,
};

const PROBLEM_RESPONSE = {
  description: 'Any failure',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

type Operation = Record<string, unknown> & { responses?: Record<string, unknown> };
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The whole API as it is routed, described by the decorators beside the code. Nothing is started or connected. */
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
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Course Companion')
    .setDescription('A freemium course inside ChatGPT: chapters, progress and subscriptions.')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, description);
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA },
  };
  operationsOf(document).forEach(complete);
  return document;
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths).flatMap((path) =>
    METHODS.flatMap((method) => (path[method] === undefined ? [] : [path[method] as unknown as Operation])),
  );
}

/** What holds for every operation: failures are problem documents, and public ones need no token. */
function complete(operation: Operation): void {
  operation.responses = { ...operation.responses, default: PROBLEM_RESPONSE };
  if (operation[PUBLIC_EXTENSION] === true) operation['security'] = [];
  delete operation[PUBLIC_EXTENSION];
}
