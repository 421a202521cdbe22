// The environment of unit tests: no socket, no server, no process. What is tried throws, and fails the test that tried it even
// when the code under test swallows the error. A test that needs one of them belongs to another jest project.
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');
const MainRealmEnvironment = require('./main-realm-environment.cjs');

// Node's own client for HTTP, TLS and fetch connects through net.Socket; spawn, exec, execFile and fork through ChildProcess.
const CLOSED = [
  [net.Socket.prototype, 'connect', 'connect a socket'],
  [net.Server.prototype, 'listen', 'listen on a port'],
  [dgram.Socket.prototype, 'bind', 'open a datagram socket'],
  [childProcess.ChildProcess.prototype, 'spawn', 'start a process'],
  [childProcess, 'spawnSync', 'start a process'],
  [childProcess, 'execSync', 'start a process'],
  [childProcess, 'execFileSync', 'start a process'],
];

class ClosedEnvironment extends MainRealmEnvironment {
  violations = [];
  reopen = [];

  async setup() {
    await super.setup();
    for (const [owner, name, what] of CLOSED) {
      const original = owner[name];
      owner[name] = () => {
        const error = new Error(`A unit test may not ${what}: see "Tests" in CONTRIBUTING.md`);
        this.violations.push(error);
        throw error;
      };
      this.reopen.push(() => (owner[name] = original));
    }
    syncBuiltinESMExports();
  }

  async teardown() {
    for (const reopen of this.reopen) reopen();
    syncBuiltinESMExports();
    await super.teardown();
  }

  handleTestEvent(event) {
    if (event.name === 'test_done') event.test.errors.push(...this.violations.splice(0));
  }
}

module.exports = ClosedEnvironment;
