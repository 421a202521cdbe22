import { join } from 'node:path';
import { openLogFile, type LogFile } from './log-file';
import { runNodeTask, startNodePart } from './node-part';
import { DIST } from './paths';
import { startPostgres } from './postgres';
import { startRedis } from './redis';
import type { Service } from './service';
import type { Part } from './supervisor';

/** Folders of built processes and logs; tests put small substitutes there. */
export interface PartFolders {
  readonly dist?: string;
  readonly data: string;
}

export interface ServicePart extends Part {
  /** The running service. Throws before the first start. */
  readonly current: () => Service;
}

const DATABASE = 'course_companion';

export function postgresPart(folders: PartFolders): ServicePart {
  return servicePart('postgres', folders, ({ log, port }) =>
    startPostgres({
      dataDir: join(folders.data, 'postgres'),
      database: DATABASE,
      onLog: (text) => log.write(text),
      ...(port !== undefined && { port }),
    }),
  );
}

export function redisPart(folders: PartFolders): ServicePart {
  return servicePart('redis', folders, async ({ log, port }) => {
    const redis = await startRedis({
      dataDir: join(folders.data, 'redis'),
      onLog: (text) => log.write(text),
      ...(port !== undefined && { port }),
    });
    if (redis === undefined) throw new Error('redis-server is no longer installed');
    return redis;
  });
}

interface ServiceStart {
  readonly log: LogFile;
  /** The port of the first start, which other parts already use. */
  readonly port: number | undefined;
}

function servicePart(
  name: string,
  folders: PartFolders,
  start: (how: ServiceStart) => Promise<Service>,
): ServicePart {
  const log = logOf(name, folders);
  let service: Service | undefined;
  return {
    name,
    tail: () => log.tail(),
    start: async () => (service = await start({ log, port: service?.port })),
    current: () => {
      if (service === undefined) throw new Error(`${name} was not started`);
      return service;
    },
  };
}

interface NodePartPlan {
  readonly name: string;
  /** Below the folder of built processes. */
  readonly script: string;
  readonly env: NodeJS.ProcessEnv;
  readonly isReady: (lines: readonly string[]) => boolean | Promise<boolean>;
}

export function nodePart({ name, script, env, isReady }: NodePartPlan, folders: PartFolders): Part {
  const log = logOf(name, folders);
  return {
    name,
    tail: () => log.tail(),
    start: (signal) =>
      startNodePart({ name, script: join(folders.dist ?? DIST, script), env, log, isReady, signal }),
  };
}

export interface Task {
  readonly name: string;
  readonly tail: () => string[];
  /** Resolves with the last line it printed. */
  readonly run: (signal: AbortSignal) => Promise<string>;
}

export function nodeTask(plan: Omit<NodePartPlan, 'isReady'>, folders: PartFolders): Task {
  const log = logOf(plan.name, folders);
  const script = join(folders.dist ?? DIST, plan.script);
  return {
    name: plan.name,
    tail: () => log.tail(),
    run: (signal) => runNodeTask({ script, env: plan.env, log, signal }),
  };
}

function logOf(name: string, { data }: PartFolders): LogFile {
  return openLogFile(join(data, 'logs', `${name}.log`));
}

/** The sandbox prints one line of JSON when it listens. */
export const saysReady = (lines: readonly string[]): boolean =>
  lines.some((line) => line.includes('"ready":true'));

/** The worker has no port; its log reports that it is ready. */
export const saysWorkerReady = (lines: readonly string[]): boolean =>
  lines.some((line) => line.includes('"worker ready"'));

/** The web process answers 200 when PostgreSQL and its schema are there, with or without Redis. */
export async function isWebReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}
