import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kindNamed } from '../kubernetes-api';
import { deploymentOf } from '../testing/deployments';
import { newRegistry } from '../testing/newRegistry';
import { keepSaved } from './keepSaved';
import { loadState } from './stateFile';

const deployments = kindNamed('Deployment');

describe('the state file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back what was there, but for pods, and never a version twice', () => {
    const file = join(folder, 'deep', 'state.json');
    const { registry, store, clock } = newRegistry();
    keepSaved(file, store, clock);
    const saved = registry.create(deployments, 'default', deploymentOf('a'));
    registry.create(kindNamed('Pod'), 'default', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'app', image: 'a:v1' }] },
    });
    clock.advance(100);
    // Handed out, but lost with the process.
    const lost = store.put(deployments, saved);

    const resumed = loadState(file)!;
    expect(resumed.get(deployments, 'default', 'a')).toEqual(saved);
    expect(
      resumed
        .all()
        .map(({ kind }) => kind.kind)
        .sort(),
    ).toEqual(['Deployment', 'Namespace']);
    expect(resumed.resourceVersion).toBeGreaterThan(
      Number(lost.metadata.resourceVersion),
    );
    expect(readdirSync(join(folder, 'deep'))).toEqual(['state.json']);
  });

  it('saves soon, however busy the cluster is', () => {
    const file = join(folder, 'state.json');
    const { registry, store, clock } = newRegistry();
    keepSaved(file, store, clock);
    for (const name of ['a', 'b', 'c', 'd']) {
      registry.create(deployments, 'default', deploymentOf(name));
      clock.advance(50);
    }
    expect(loadState(file)!.list(deployments)).toHaveLength(4);
  });

  it('saves what is not saved yet when it stops', () => {
    const file = join(folder, 'state.json');
    const { registry, store, clock } = newRegistry();
    const stop = keepSaved(file, store, clock);
    registry.create(deployments, 'default', deploymentOf('a'));
    stop();
    expect(loadState(file)!.list(deployments)).toHaveLength(1);
  });

  it('has nothing where there is no file, and refuses a foreign one', () => {
    const file = join(folder, 'state.json');
    expect(loadState(file)).toBeUndefined();
    writeFileSync(file, '{"format":7}');
    expect(() => loadState(file)).toThrow('remove it');
  });
});
