/** The suites that run the whole portal. */
module.exports = {
  rootDir: `${__dirname}/e2e`,
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  testTimeout: 240_000,
  transform: {
    '(\\.(ts|mjs)|/@marcbachmann/.*\\.js)$': [
      require.resolve('@backstage/cli/config/jestSwcTransform'),
      { jsc: { parser: { syntax: 'typescript' } } },
    ],
  },
  // Comes as an ES module only; the plan parser has it.
  transformIgnorePatterns: ['/node_modules/(?!@marcbachmann/)'],
};
