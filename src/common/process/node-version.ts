const MINIMUM = { major: 22, minor: 12 } as const;

/** Nest 12 and its dependencies need this version. `engines` in package.json is lower: it is what `npm ci` needs. */
export const MINIMUM_NODE = `${MINIMUM.major}.${MINIMUM.minor}`;

export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > MINIMUM.major || (major === MINIMUM.major && minor >= MINIMUM.minor);
}
