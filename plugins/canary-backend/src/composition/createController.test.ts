import { mockServices } from '@backstage/backend-test-utils';
import { DatabaseClock } from '../clock';
import { systemClock } from '../clock/systemClock';
import { createController } from './createController';
import { createRegistries } from './createRegistries';

/** A controller whose every look at the database takes until the test ends it. */
function open() {
  const said: string[] = [];
  const startup: (() => void | Promise<void>)[] = [];
  const shutdown: (() => void | Promise<void>)[] = [];
  let endLook = () => {};
  createController(
    {
      logger: mockServices.logger.mock(),
      auditor: mockServices.auditor.mock(),
      metrics: { createCounter: () => ({ add: () => {} }) } as any,
      lifecycle: mockServices.lifecycle.mock({
        addStartupHook: hook => startup.push(hook),
        addShutdownHook: hook => shutdown.push(hook),
      }),
      store: {
        beat: () =>
          new Promise(resolve => {
            said.push('looks');
            endLook = () => {
              said.push('looked');
              resolve({ now: 0, live: [] });
            };
          }),
        shared: false,
        owned: async () => [],
        orphans: async () => [],
        leave: async () => void said.push('leaves'),
        forgetReplicas: async () => {},
      } as any,
      clusters: { clusters: async () => [] },
      engine: {} as any,
      clock: new DatabaseClock(systemClock),
      processClock: systemClock,
      announce: () => {},
      afterLastCommit: async () => void said.push('ends the outbox'),
    },
    createRegistries(),
  );
  const run = (hooks: typeof startup) => Promise.all(hooks.map(hook => hook()));
  return {
    said,
    start: () => run(startup),
    stop: () => run(shutdown),
    endLook: () => endLook(),
  };
}

describe('the loop of the plugin', () => {
  it('begins with the plugin', async () => {
    const { said, start, stop, endLook } = open();
    expect(said).toEqual([]);
    await start();
    expect(said).toEqual(['looks']);
    endLook();
    await stop();
  });

  it('leaves the outbox open until it commits nothing more', async () => {
    const { said, start, stop, endLook } = open();
    await start();
    const stopped = stop();
    await new Promise(resolve => setImmediate(resolve));
    endLook();
    await stopped;
    expect(said).toEqual(['looks', 'looked', 'leaves', 'ends the outbox']);
  });
});
