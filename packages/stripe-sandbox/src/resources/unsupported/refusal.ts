import { invalid } from '../../core/errors';

/** Handles a call that Stripe knows and the sandbox does not: always 400, which names the call. */
export function refusal(call: string): () => never {
  return () => {
    throw invalid(`The sandbox does not support ${call} (see its README).`);
  };
}
