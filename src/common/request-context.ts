import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestContext {
  readonly requestId: string;
}

const requests = new AsyncLocalStorage<RequestContext>();

/** Runs `work` and everything that it starts as part of a request. */
export const withinRequest = <T>(context: RequestContext, work: () => T): T => requests.run(context, work);

/** Undefined outside a request: in the worker and in commands. */
export const currentRequestId = (): string | undefined => requests.getStore()?.requestId;
