import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- the plugin as a whole is what is tested
import canaryPlugin from 'backstage-plugin-canary-backend';
import { readFileSync } from 'node:fs';

/** A backend with the real plugin in it, in a process that a test may kill. */
async function main(optionsFile: string) {
  const { directory, entities, canary } = JSON.parse(
    readFileSync(optionsFile, 'utf8'),
  );
  const database = { client: 'better-sqlite3', connection: { directory } };
  const { server } = await startTestBackend({
    features: [
      canaryPlugin,
      databaseServiceFactory,
      catalogServiceMock.factory({ entities }),
      mockServices.rootLogger.factory({ level: 'debug' }),
      mockServices.rootConfig.factory({
        data: { backend: { database }, canary },
      }),
    ],
  });
  // Nobody is left to test it.
  process.once('disconnect', () => process.exit());
  process.send!({ port: server.port() });
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
