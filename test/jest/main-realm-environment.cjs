// Tests run in Node's main realm: what a package throws is an instance of the `Error` that the test knows. The environment of the
// process is restored after each file.
const { TestEnvironment: NodeEnvironment } = require('jest-environment-node');

class MainRealmEnvironment extends NodeEnvironment {
  constructor(...args) {
    super(...args);
    this.global = globalThis;
  }

  async setup() {
    await super.setup();
    this.variables = { ...process.env };
  }

  async teardown() {
    for (const name of Object.keys(process.env)) if (!(name in this.variables)) delete process.env[name];
    Object.assign(process.env, this.variables);
    await super.teardown();
  }
}

module.exports = MainRealmEnvironment;
