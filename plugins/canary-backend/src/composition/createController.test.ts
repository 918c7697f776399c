import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { DatabaseClock } from '../clock';
import { systemClock } from '../clock/systemClock';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { createController } from './createController';
import { createRegistries } from './createRegistries';

/** A controller whose every look at the database takes until the test ends it. */
function open() {
  const said: string[] = [];
  const startup: (() => void | Promise<void>)[] = [];
  const shutdown: (() => void | Promise<void>)[] = [];
  let endLook = () => {};
  let tell: (rolloutId: string) => void;
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
        claim: async () => [
          { stored: { state: rolloutFixture('web'), revision: 1, epoch: 1 } },
        ],
        get: async () => undefined,
        orphans: async () => [],
        leave: async () => void said.push('leaves'),
        forgetReplicas: async () => {},
      } as any,
      clusters: { clusters: async () => [] },
      engine: {
        observe: async () => {
          throw new ConflictError('Another replica was faster');
        },
        onNews: (listener: typeof tell) => {
          tell = listener;
        },
        leave: (id: string) => said.push(`leaves ${id}`),
      } as any,
      clock: new DatabaseClock(systemClock),
      processClock: systemClock,
      newId: () => 'replica-1',
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
    tell: (id: string) => tell(id),
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

  it('is woken by the engine, and tells it when a rollout is not its replica’s any more', async () => {
    const { said, tell } = open();
    tell('web');
    await new Promise(resolve => setImmediate(resolve));
    expect(said).toEqual(['leaves web']);
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
