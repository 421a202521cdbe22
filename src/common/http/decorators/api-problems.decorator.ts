import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { AppError } from 'src/common/errors/app-error';
import { toProblem } from 'src/common/http/problem-details';

/** Carries one example per code to the OpenAPI document, which turns them into the operation's error responses. */
export const PROBLEM_EXTENSION = 'x-problem-';

/** As it stands in examples, where no request has been. */
export const EXAMPLE_REQUEST = { path: '/api/v1/example', requestId: 'req_0b8f6f1c' };

/**
 * Names the errors of its own that an operation, or every operation of a controller, answers with. Give what is really
 * thrown: the example in the document is made by the code that makes the answer. May be repeated; what any operation
 * can answer with (no token, bad request, outage) is added by the document itself.
 */
export const ApiProblems = (...errors: readonly AppError[]) =>
  applyDecorators(
    ...errors.map((error) =>
      ApiExtension(`${PROBLEM_EXTENSION}${error.code}`, toProblem(error, EXAMPLE_REQUEST).body),
    ),
  );
