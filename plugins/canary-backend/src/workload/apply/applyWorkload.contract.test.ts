import { Cluster } from 'backstage-plugin-canary-node';
import {
  KubeApiServer,
  startKubeApiServer,
} from 'backstage-plugin-canary-node/testUtils';
import { systemClock } from '../../clock/systemClock';
import { connectCluster } from '../../kubernetes';
import { RolloutState } from '../../rollout';
import { deploymentRef, hpaRef, leaseRef } from '../../kubernetes/objects/refs';
import { applyWorkload } from './applyWorkload';
import { specOf } from '../manifests/manifests';
import { lookAt } from '../testing/lookAt';
import { readStart } from '../preflight/readStart';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutRollout,
  checkoutService,
  checkoutTemplate,
} from '../testing/shop';

const NEW_IMAGES = {
  checkout: 'shop/checkout:v2',
  proxy: 'shop/proxy:v7',
  migrate: 'shop/checkout:v2',
};

const assets = process.env.KUBEBUILDER_ASSETS;

// A real API server validates and defaults what we write; nothing runs there.
if (assets) {
  describe('a rollout before a real kube-apiserver', () => {
    let server: KubeApiServer;
    let cluster: Cluster;
    let rollout: RolloutState;

    beforeAll(async () => {
      server = await startKubeApiServer(assets);
      cluster = connectCluster('real', { type: 'url', ...server }, systemClock);
      const self = {
        labelSelector: { matchLabels: { app: 'checkout' } },
        topologyKey: 'kubernetes.io/hostname',
      };
      const template = checkoutTemplate({
        initContainers: [{ name: 'migrate', image: 'shop/checkout:v1' }],
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [self],
          },
        },
        topologySpreadConstraints: [
          { ...self, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
        ],
      });
      for (const object of [
        checkoutDeployment({ template }),
        checkoutService('checkout', { app: 'checkout' }, { type: 'NodePort' }),
        checkoutHpa(),
      ]) {
        const { uid: _, ...metadata } = object.metadata;
        await cluster.create({ ...object, metadata });
      }
      const target = { namespace: 'shop', name: 'checkout' };
      const plan = { acceptCapacityRisk: false };
      const start = (await readStart(cluster, target, plan))!;
      rollout = checkoutRollout(
        {},
        {
          startSnapshot: start.startSnapshot,
          images: {
            stable: {
              checkout: 'shop/checkout:v1',
              migrate: 'shop/checkout:v1',
            },
            canary: {
              checkout: 'shop/checkout:v2',
              migrate: 'shop/checkout:v2',
            },
          },
        },
      );
    }, 90_000);

    afterAll(() => server?.stop());

    /** One tick towards this desired state. */
    async function tick(
      desired: Partial<RolloutState['desired']>,
      phase: RolloutState['phase'] = 'Progressing',
    ) {
      rollout = {
        ...rollout,
        phase,
        desired: { ...rollout.desired, ...desired },
      };
      const observed = await lookAt(cluster, rollout);
      await applyWorkload({ cluster, rollout, observed });
      return lookAt(cluster, rollout);
    }

    it('is walked from the canary made to everything taken back', async () => {
      const made = await tick({ replicas: 2, hpaFloor: true, lock: 'present' });
      const lock = await cluster.get(leaseRef('shop', 'checkout-canary'));
      expect(made).toMatchObject({
        canary: {
          replicas: { desired: 2 },
          images: NEW_IMAGES,
        },
        canaryService: true,
        hpa: { minReplicas: 4 },
      });
      const clone = await cluster.get(deploymentRef('shop', 'checkout-canary'));
      const { apiVersion, kind, metadata } = lock!;
      const owner = {
        apiVersion,
        kind,
        name: metadata.name,
        uid: metadata.uid,
      };
      expect(clone!.metadata.ownerReferences).toEqual([owner]);
      expect(specOf(clone!).template.metadata?.labels).toEqual({
        app: 'checkout-canary',
        tier: 'web',
        'canary/rollout': 'r1',
      });
      expect(made.stable?.templateHash).toBe(
        rollout.startSnapshot.templateHash,
      );

      const scaled = await tick({ replicas: 3 });
      expect(scaled.canary?.replicas.desired).toBe(3);

      const stale = await lookAt(cluster, rollout);
      const promoted = await tick({ stable: 'promoted' }, 'Promoting');
      expect(promoted.stable?.images).toEqual(NEW_IMAGES);
      await expect(
        applyWorkload({ cluster, rollout, observed: stale }),
      ).rejects.toMatchObject({ name: 'ConflictError' });

      const restored = await tick(
        { stable: 'restored', fence: 'r1/2' },
        'RollingBack',
      );
      expect(restored.stable).toMatchObject({
        fence: 'r1/2',
        templateHash: rollout.startSnapshot.templateHash,
      });
      expect(restored.canary?.fence).toBe('r1/2');

      const gone = await tick(
        { canary: 'absent', hpaFloor: false, fence: undefined },
        'RollingBack',
      );
      expect(gone).toMatchObject({
        canaryService: false,
        hpa: { minReplicas: 2 },
      });
      expect(gone.canary).toBeUndefined();
      expect(gone.lock).toBe(true);
      expect((await tick({ lock: 'absent' }, 'RollingBack')).lock).toBe(false);
      expect(gone.stable?.fence).toBeUndefined();
      const hpa = await cluster.get(hpaRef('shop', 'checkout'));
      expect(hpa?.metadata.annotations).toBeUndefined();
    }, 60_000);
  });
} else {
  it('is an optional suite, which KUBEBUILDER_ASSETS turns on', () => {
    expect(assets).toBeFalsy();
  });
}
