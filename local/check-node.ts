import { isNodeSupported, MINIMUM_NODE } from 'src/common/process/node-version';

// start.ts imports this file first, so that an old Node prints this text instead of a syntax error.
if (!isNodeSupported(process.versions.node)) {
  process.stderr.write(
    `Course Companion needs Node >= ${MINIMUM_NODE}, this is ${process.versions.node}. On Linux \`npm ci\` installs ` +
      'Node 24 (without --omit=optional); on other systems install it from https://nodejs.org\n',
  );
  process.exit(1);
}
