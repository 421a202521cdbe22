import { isOutage } from 'src/common/errors/outage';
import { isNodeSupported, MINIMUM_NODE } from './node-version';

/** Makes Nest throw a failed start instead of logging and aborting, so that `startOrExit` reports it once. */
export const QUIET_FAILURE = { abortOnError: false, autoFlushLogs: false } as const;

function checkNode(): void {
  const { node } = process.versions;
  if (isNodeSupported(node)) return;
  throw new Error(`Node ${node} is too old: run with Node >= ${MINIMUM_NODE}`);
}

function describe(error: unknown): string {
  const message = messageOf(error);
  if (isOutage(error)) return `PostgreSQL does not answer (${message}): check DATABASE_URL`;
  return message;
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Starts a process. A failure exits with code 1 and one readable block instead of a stack trace. */
export function startOrExit(part: string, start: () => Promise<void>): void {
  Promise.resolve()
    .then(checkNode)
    .then(start)
    .catch((error: unknown) => {
      process.stderr.write(`${part} cannot start: ${describe(error)}\n`);
      process.exit(1);
    });
}
