/** The suites that run the whole portal; in order, because they share the machine. */
module.exports = {
  rootDir: `${__dirname}/e2e`,
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  testTimeout: 240_000,
  transform: {
    '\\.(ts|mjs)$': [
      require.resolve('@backstage/cli/config/jestSwcTransform'),
      { jsc: { parser: { syntax: 'typescript' } } },
    ],
  },
};
