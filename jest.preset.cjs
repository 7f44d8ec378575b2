const swc = [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
      externalHelpers: false,
    },
  },
];
const swcJs = [
  '@swc/jest',
  {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
  },
];
// The last one is no ES module, but asks for one by `import()`, which Jest cannot answer untransformed.
const esmPackages = [
  ...['oidc-provider', 'openid-client', 'jose', 'oauth4webapi', 'nanoid'],
  '@opentelemetry/otlp-exporter-base',
];

module.exports = {
  testEnvironment: 'node',
  setupFilesAfterEnv: [`${__dirname}/jest.setup.cjs`],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  // Tests read the sources of the libraries, so that no stale build can pass a test.
  moduleNameMapper: {
    '^@garda/(servers|operator)$': `${__dirname}/tools/$1/src/index.ts`,
    '^@garda/([a-z-]+)$': `${__dirname}/libs/$1/src/index.ts`,
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  transform: { '^.+\\.ts$': swc, '^.+\\.m?js$': swcJs },
};
