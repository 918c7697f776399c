import { kindNamed } from '../../kubernetes-api';
import { ControllerBench } from '../../testing/ControllerBench';
import { deploymentOf, templateOf } from '../../testing/deployments';

const deployments = kindNamed('Deployment');
const v2 = { template: templateOf('a', 'shop/a:v2') };

describe('a Deployment', () => {
  let bench: ControllerBench;

  beforeEach(() => {
    bench = new ControllerBench();
    bench.registry.create(
      deployments,
      'default',
      deploymentOf('a', {
        replicas: 4,
        strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      }),
    );
    bench.clock.advance(5000);
  });

  afterEach(() => {
    if (bench.errors.length > 0) throw bench.errors[0];
  });

  it('gets its pods, and says so', () => {
    expect(bench.images()).toEqual(Array(4).fill('shop/a:v1'));
    expect(bench.deployment().status).toMatchObject({
      observedGeneration: 1,
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
    });
    expect(bench.condition('Progressing')).toMatchObject({
      status: 'True',
      reason: 'NewReplicaSetAvailable',
    });
    expect(bench.condition('Available')).toMatchObject({ status: 'True' });
  });

  it('moves to a new template without losing capacity', () => {
    bench.change(v2);
    const available: number[] = [];
    for (let i = 0; i < 200; i++) {
      bench.clock.advance(100);
      available.push(bench.deployment().status.availableReplicas);
    }
    expect(Math.min(...available)).toBeGreaterThanOrEqual(4);
    expect(bench.images()).toEqual(Array(4).fill('shop/a:v2'));
    expect(bench.deployment().status).toMatchObject({
      observedGeneration: 2,
      replicas: 4,
      updatedReplicas: 4,
    });
  });

  it('keeps the old pods and reports the deadline when new ones never get ready', () => {
    bench.broken.add('shop/a:v2');
    bench.change({ ...v2, progressDeadlineSeconds: 30 });
    bench.clock.advance(20_000);
    expect(bench.condition('Progressing').status).toBe('True');
    bench.clock.advance(20_000);
    expect(bench.condition('Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
    expect(bench.deployment().status.availableReplicas).toBe(4);
    bench.change({ template: templateOf('a', 'shop/a:v1') });
    bench.clock.advance(10_000);
    expect(bench.condition('Progressing').status).toBe('True');
    expect(bench.images()).toEqual(Array(4).fill('shop/a:v1'));
  });

  it('uses the ReplicaSet of a template again, as its newest revision', () => {
    const [first] = bench.sets();
    bench.change(v2);
    bench.clock.advance(20_000);
    bench.change({ template: first.spec.template });
    bench.clock.advance(20_000);
    expect(bench.sets()).toHaveLength(2);
    expect(
      bench.deployment().metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('3');
  });

  it('follows its replica count, also while paused, when its template waits', () => {
    bench.change({ ...v2, paused: true, replicas: 6 });
    bench.clock.advance(10_000);
    expect(bench.images()).toEqual(Array(6).fill('shop/a:v1'));
    bench.change({ paused: false, replicas: 2 });
    bench.clock.advance(20_000);
    expect(bench.images()).toEqual(Array(2).fill('shop/a:v2'));
  });

  it('has no pods in between when it is recreated', () => {
    bench.change({ ...v2, strategy: { type: 'Recreate' } });
    bench.clock.advance(500);
    expect(bench.images()).toEqual([]);
    bench.clock.advance(5000);
    expect(bench.images()).toEqual(Array(4).fill('shop/a:v2'));
  });

  it('is available only after minReadySeconds', () => {
    bench.change({ ...v2, replicas: 1, minReadySeconds: 5 });
    bench.clock.advance(3000);
    expect(bench.deployment().status.updatedReplicas).toBe(1);
    expect(bench.condition('Progressing').reason).toBe('ReplicaSetUpdated');
    bench.clock.advance(10_000);
    expect(bench.images()).toEqual(['shop/a:v2']);
  });

  it('keeps as much history as it is asked to', () => {
    bench.change({ revisionHistoryLimit: 1 });
    for (const tag of ['v2', 'v3', 'v4']) {
      bench.change({ template: templateOf('a', `shop/a:${tag}`) });
      bench.clock.advance(20_000);
    }
    expect(bench.sets()).toHaveLength(2);
  });

  it.each([
    ['Background', 0],
    ['Foreground', 0],
    ['Orphan', 4],
  ] as const)(
    'is deleted (%s) with %d pods left',
    (propagationPolicy, left) => {
      bench.registry.delete(deployments, 'default', 'a', { propagationPolicy });
      bench.clock.advance(10_000);
      expect(bench.images()).toHaveLength(left);
      expect(bench.sets()).toHaveLength(left === 0 ? 0 : 1);
      expect(() => bench.deployment()).toThrow('not found');
    },
  );
});
