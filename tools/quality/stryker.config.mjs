/** Mutation of the rules: `npm run quality -- mutants`. Started in the checkout's root. */
export default {
  packageManager: 'npm',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  jest: { projectType: 'custom', configFile: 'tools/quality/jest.rules.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  mutate: ['libs/domain/src/**/*.ts', '!libs/domain/src/**/*.spec.ts', '!libs/domain/src/index.ts'],
  // What the rules do not need stays out of the sandbox.
  ignorePatterns: ['apps', 'docs', 'docker', '.garda', '.nx', 'tools/faults', 'tools/bench', 'tools/servers', '**/dist'],
  tempDirName: '.garda/mutants',
  incremental: true,
  incrementalFile: '.garda/mutants.json',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: true, allowColor: false },
  jsonReporter: { fileName: '.garda/mutation.json' },
  thresholds: { high: 90, low: 80, break: 80 },
  timeoutMS: 20_000,
  concurrency: 2,
};
