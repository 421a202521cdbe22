// Loads a package once per worker process, not once per test file, and runs our sources in Node's main realm. Jest's own way,
// a context and a copy of every package for each file, took most of the time of a run: Nest, TypeORM and Stripe are 1,700 modules,
// each access to a global went through a proxy, and the contexts of 300 files filled 4 GB.
//
// Our own modules are still loaded anew for each file, so no file sees the state that another has left in them.
const { createRequire, isBuiltin } = require('node:module');
const vm = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** Relative and absolute paths, `src/...` and the sandbox: see moduleNameMapper. */
const OWN_SOURCES = /^(?:\.|\/|src\/|stripe-sandbox$)/;

module.exports = class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    this.executor.compile = (source, filename) =>
      vm.compileFunction(source, this.executor.injectedModuleParameters, {
        filename,
        importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      });
  }

  requireModule(from, name, options, isRequireActual) {
    const isPackage = name !== undefined && !OWN_SOURCES.test(name) && !isBuiltin(name);
    if (isPackage && !options?.isInternalModule) return createRequire(from)(name);
    return super.requireModule(from, name, options, isRequireActual);
  }
};
