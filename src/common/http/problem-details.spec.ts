import { BadRequestException, NotFoundException } from '@nestjs/common';
import { AppError, ERROR_KINDS, InvalidRequestError, type ErrorKind } from 'src/common/errors/app-error';
import { toProblem } from './problem-details';

const request = { path: '/api/v1/x', requestId: 'req_1' };

class SampleError extends AppError {
  readonly code = 'sample';
  readonly title = 'Sample';
  constructor(readonly kind: ErrorKind) {
    super('why', { extensions: { hint: 'h' }, retryAfterSeconds: 3 });
  }
}

describe('toProblem', () => {
  it('gives every kind a 4xx or 503', () => {
    const statuses = ERROR_KINDS.map((kind) => toProblem(new SampleError(kind), request).body.status);

    expect(statuses).toEqual([400, 401, 402, 403, 404, 409, 429, 503]);
  });

  it('carries code, detail, extensions and the request id', () => {
    const { body, retryAfterSeconds } = toProblem(new SampleError('conflict'), request);

    expect(body).toEqual({
      type: 'urn:course-companion:error:sample',
      title: 'Sample',
      status: 409,
      detail: 'why',
      instance: '/api/v1/x',
      code: 'sample',
      request_id: 'req_1',
      hint: 'h',
    });
    expect(retryAfterSeconds).toBe(3);
  });

  it('lists the rejected fields', () => {
    const error = new InvalidRequestError('bad', { errors: [{ pointer: '/email', detail: 'needed' }] });

    expect(toProblem(error, request).body.errors).toEqual([{ pointer: '/email', detail: 'needed' }]);
  });

  it('hides the message of a bug', () => {
    const { body } = toProblem(new TypeError('password of bob is 123'), request);

    expect(body.status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('bob');
  });

  it('turns a database outage into 503 with Retry-After', () => {
    const { body, retryAfterSeconds } = toProblem(Object.assign(new Error('x'), { code: '57P01' }), request);

    expect(body.status).toBe(503);
    expect(body.code).toBe('service_unavailable');
    expect(retryAfterSeconds).toBe(2);
  });

  it.each([
    [new NotFoundException(), 404, 'not_found'],
    [new BadRequestException('x'), 400, 'invalid_request'],
    [Object.assign(new Error('too big'), { statusCode: 413 }), 413, 'body_too_large'],
    [Object.assign(new Error('media'), { statusCode: 415 }), 415, 'unsupported_media_type'],
  ])('maps the framework error %#', (error, status, code) => {
    const { body } = toProblem(error, request);

    expect([body.status, body.code]).toEqual([status, code]);
  });
});
