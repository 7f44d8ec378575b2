import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { createMochaTestRunner, strykerValidationSchema } from '@stryker-mutator/mocha-runner';

/**
 * Mocha's runner, which is not started anew for a break of something that is used while files are loaded too. The rules are
 * pure: nothing that one run left behind can reach the next.
 */
function create(injector) {
  const runner = createMochaTestRunner(injector);
  runner.capabilities = () => Promise.resolve({ reloadEnvironment: true });
  return runner;
}
create.inject = ['$injector'];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'pure-mocha', create)];
export { strykerValidationSchema };
