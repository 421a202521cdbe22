const MINIMUM = { major: 22, minor: 12 };

/** True for the versions that Nest 12 and its dependencies run on. */
export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > MINIMUM.major || (major === MINIMUM.major && minor >= MINIMUM.minor);
}

// Imported first by start.ts: nothing that needs a newer Node may load before this.
if (!isNodeSupported(process.versions.node)) {
  process.stderr.write(
    `Course Companion needs Node >= ${MINIMUM.major}.${MINIMUM.minor}, this is ${process.versions.node}. On Linux ` +
      '`npm ci` brings Node 24 along (do not use --omit=optional); elsewhere install it from https://nodejs.org\n',
  );
  process.exit(1);
}
