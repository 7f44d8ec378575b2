import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { createMochaTestRunner, strykerValidationSchema } from '@stryker-mutator/mocha-runner';

/**
 * Mocha's runner, which is not started anew for a break of something that is used while files are loaded too. The rules are
 * pure, but for two caches (`calendar.ts`, `zone.ts`): what a broken one put there can kill a later mutant that is innocent.
 */
function create(injector) {
  const runner = createMochaTestRunner(injector);
  runner.capabilities = () => Promise.resolve({ reloadEnvironment: true });
  return runner;
}
create.inject = ['$injector'];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'pure-mocha', create)];
export { strykerValidationSchema };
