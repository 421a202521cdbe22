import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** The id that links this request to its log lines, its inbox rows and its operations at Stripe. */
export const RequestId = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  String(context.switchToHttp().getRequest<{ id: unknown }>().id),
);
