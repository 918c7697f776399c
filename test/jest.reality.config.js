/** The long suites on a cluster with real controllers; the short ones run with all tests. */
module.exports = {
  ...require('./jest.e2e.config.js'),
  rootDir: `${__dirname}/reality`,
};
