import { isOutage } from 'src/common/errors/outage';
import { ConfigError } from 'src/config/app-config';

/** For Nest: throw a failed start to us instead of printing logs and aborting; `startOrExit` says it in one block. */
export const QUIET_FAILURE = { abortOnError: false, autoFlushLogs: false } as const;

const MINIMUM_NODE = [22, 12] as const;

function checkNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor >= MINIMUM_NODE[1])) return;
  throw new ConfigError([
    `Node ${process.versions.node} is too old: run with Node >= ${MINIMUM_NODE.join('.')}`,
  ]);
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (isOutage(error)) return `PostgreSQL does not answer (${messageOf(error)}): check DATABASE_URL`;
  return messageOf(error);
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Runs a process's start; a failure ends it with exit code 1 and one readable block instead of a stack trace. */
export function startOrExit(part: string, start: () => Promise<void>): void {
  Promise.resolve()
    .then(checkNode)
    .then(start)
    .catch((error: unknown) => {
      process.stderr.write(`${part} cannot start: ${describe(error)}\n`);
      process.exit(1);
    });
}
