import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { AppError } from 'src/common/errors/app-error';
import { toProblem } from 'src/common/http/problem-details';

/** Adds one example per code, which the OpenAPI document turns into the error responses of the operation. */
export const PROBLEM_EXTENSION = 'x-problem-';

/** The request in examples, which come from no real request. */
export const EXAMPLE_REQUEST = { path: '/api/v1/example', requestId: 'req_0b8f6f1c' };

/**
 * Declares the specific errors of an operation, or of every operation of a controller. Pass errors as the code throws them:
 * the same code creates the answer and the example in the document. May be repeated. The document itself adds the errors
 * that every operation can answer (no token, bad request, outage).
 */
export const ApiProblems = (...errors: readonly AppError[]) =>
  applyDecorators(
    ...errors.map((error) =>
      ApiExtension(`${PROBLEM_EXTENSION}${error.code}`, toProblem(error, EXAMPLE_REQUEST).body),
    ),
  );
