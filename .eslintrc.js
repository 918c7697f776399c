module.exports = {
  root: true,
  overrides: [
    {
      files: ['*.mjs'],
      parserOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    },
  ],
};
