import { HttpException } from '@nestjs/common';
import { ForbiddenError, UnauthenticatedError } from 'src/common/errors/app-error';
import { EXAMPLE_REQUEST, PROBLEM_EXTENSION } from 'src/common/http/decorators/api-problems.decorator';
import { databaseUnavailable, toProblem, type ProblemDetails } from 'src/common/http/problem-details';
import { invalidValues } from 'src/common/http/validation.pipe';
import { InsufficientScopeError, RateLimitedError } from 'src/modules/auth';
import { isPublic, scopeOf, type Operation } from './operations';

/** RFC 9457, as built in src/common/http/problem-details.ts. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'Fixed per code' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence that is safe to show to a person' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable; docs/errors.md lists them' },
    request_id: { type: 'string', description: 'Identifies the request in the log' },
    errors: {
      type: 'array',
      description: 'Each rejected member of the request',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' }, code: { type: 'string' } },
      },
    },
  },
  additionalProperties: true,
};

const problemOf = (thrown: unknown): ProblemDetails => toProblem(thrown, EXAMPLE_REQUEST).body;

const INVALID = problemOf(invalidValues([{ pointer: '/name', detail: 'is missing' }]));
const BODY = [413, 415].map((status) => problemOf(new HttpException('', status)));
const ALWAYS = [problemOf(databaseUnavailable()), problemOf(undefined)];

/** The errors of the operation: the declared ones, and those that every operation of its kind can answer. */
export function problemsOf(operation: Operation): ProblemDetails[] {
  const declared = Object.entries(operation)
    .filter(([name]) => name.startsWith(PROBLEM_EXTENSION))
    .map(([, body]) => body as ProblemDetails);
  const hasInput = operation.requestBody !== undefined || (operation.parameters ?? []).length > 0;
  const all = [
    ...declared,
    ...(hasInput ? [INVALID] : []),
    ...(operation.requestBody === undefined ? [] : BODY),
    ...problemsOfCaller(operation),
    ...ALWAYS,
  ];
  return [...new Map(all.toReversed().map((problem) => [problem.code, problem])).values()].toReversed();
}

function problemsOfCaller(operation: Operation): ProblemDetails[] {
  if (isPublic(operation)) return [];
  const scope = scopeOf(operation);
  return [
    problemOf(new UnauthenticatedError('This operation needs an access token.')),
    problemOf(new InsufficientScopeError(scope)),
    problemOf(new RateLimitedError(30)),
    ...(scope === 'operator' ? [problemOf(new ForbiddenError('This operation is for operators.'))] : []),
  ];
}

/** One response per status with its possible codes. `default` covers all other failures. */
export function problemResponses(problems: readonly ProblemDetails[]): Operation['responses'] {
  const statuses = [...new Set(problems.map(({ status }) => status))].toSorted((a, b) => a - b);
  const responses = statuses.map((status): [string, Response] => [
    String(status),
    responseOf(problems.filter((one) => one.status === status)),
  ]);
  return { ...Object.fromEntries(responses), default: DEFAULT_RESPONSE };
}

type Response = Operation['responses'][string];

const REFERENCE = { $ref: '#/components/schemas/Problem' };

const DEFAULT_RESPONSE = {
  description: 'Any other failure',
  content: { 'application/problem+json': { schema: REFERENCE } },
};

function responseOf(problems: readonly ProblemDetails[]): Response {
  const codes = problems.map(({ code }) => code);
  return {
    description: problems.map(({ code, title }) => `${code}: ${title}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { ...REFERENCE, properties: { code: { enum: codes } } },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}
