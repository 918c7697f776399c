import { kindNamed } from '../kubernetes-api';
import { ControllerBench } from '../testing/ControllerBench';
import { deploymentOf } from '../testing/deployments';

const leases = kindNamed('Lease');
const deployments = kindNamed('Deployment');
const replicaSets = kindNamed('ReplicaSet');

describe('an object that a Lease owns', () => {
  let bench: ControllerBench;
  let uid: string;

  beforeEach(() => {
    bench = new ControllerBench();
    ({ uid } = bench.registry.create(leases, 'default', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'a' },
      spec: {},
    } as any).metadata);
  });

  afterEach(() => {
    if (bench.errors.length > 0) throw bench.errors[0];
  });

  const create = () => {
    const { metadata, ...rest } = deploymentOf('a', { replicas: 1 }) as any;
    const owner = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
    const ownerReferences = [{ ...owner, name: 'a', uid }];
    bench.registry.create(deployments, 'default', {
      ...rest,
      metadata: { ...metadata, ownerReferences },
    });
    bench.clock.advance(5000);
  };
  const left = () =>
    [deployments, replicaSets].flatMap(kind =>
      bench.registry.store.list(kind, 'default'),
    );
  const release = () => {
    bench.registry.delete(leases, 'default', 'a', { uid });
    bench.clock.advance(5000);
  };

  it('stays with it, and goes with it and all of its own', () => {
    create();
    expect(left()).toHaveLength(2);
    release();
    expect(left()).toEqual([]);
  });

  it('goes where it arrives after it', () => {
    release();
    create();
    expect(left()).toEqual([]);
  });
});
