import { KubernetesObject } from 'backstage-plugin-canary-node';
import { Desired, RolloutState } from '../../rollout';
import {
  deploymentRef,
  hpaRef,
  leaseRef,
  serviceRef,
} from '../../kubernetes/objects/refs';
import { applyWorkload } from './applyWorkload';
import { specOf } from '../manifests/manifests';
import { lookAt } from '../testing/lookAt';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutRollout,
  checkoutService,
} from '../testing/shop';
import { templateImages } from '../manifests/containers';

const STABLE = deploymentRef('shop', 'checkout');
const CANARY = deploymentRef('shop', 'checkout-canary');
const CANARY_SERVICE = serviceRef('shop', 'checkout-canary');
const LOCK = leaseRef('shop', 'checkout-canary');
const HPA = hpaRef('shop', 'checkout');
const FENCE = 'canary/fence';

const V1 = { checkout: 'shop/checkout:v1' };
const V2 = { checkout: 'shop/checkout:v2' };

const NOON = Date.UTC(2026, 10, 22, 12);

const lease = (): KubernetesObject => ({
  apiVersion: LOCK.apiVersion,
  kind: LOCK.kind,
  metadata: { name: LOCK.name, namespace: LOCK.namespace },
});

function shop(...more: KubernetesObject[]) {
  return MemoryCluster.with(checkoutDeployment(), checkoutService(), ...more);
}

/** One tick's observe and apply, with what somebody else does between the two. */
async function tick(
  cluster: MemoryCluster,
  rollout: RolloutState,
  meanwhile?: () => void,
) {
  cluster.writes.length = 0;
  const observed = await lookAt(cluster, rollout);
  meanwhile?.();
  await applyWorkload({ cluster, rollout, observed });
  return cluster.writes;
}

async function withCanary(desired: Partial<Desired> = {}) {
  const cluster = shop();
  await tick(cluster, checkoutRollout(desired));
  return cluster;
}

async function imagesOf(cluster: MemoryCluster) {
  const stable = await cluster.get(STABLE);
  return templateImages(specOf(stable!).template);
}

async function fenceOf(cluster: MemoryCluster, ref = STABLE) {
  return (await cluster.get(ref))?.metadata.annotations?.[FENCE];
}

describe('applyWorkload', () => {
  describe('the canary', () => {
    it('is made once, Deployment before Service, and the stable stays untouched', async () => {
      const cluster = shop();
      const rollout = checkoutRollout({ replicas: 2 });
      const before = await cluster.get(STABLE);
      expect(await tick(cluster, rollout)).toEqual([
        'create Deployment shop/checkout-canary',
        'create Service shop/checkout-canary',
      ]);
      expect(await tick(cluster, rollout)).toEqual([]);
      expect(await cluster.get(STABLE)).toEqual(before);
      expect(await lookAt(cluster, rollout)).toMatchObject({
        canary: { replicas: { desired: 2 }, images: V2 },
        canaryService: true,
      });
    });

    it('is completed after a crash between its two objects', async () => {
      const cluster = await withCanary();
      await cluster.delete(CANARY_SERVICE);
      expect(await tick(cluster, checkoutRollout())).toEqual([
        'create Service shop/checkout-canary',
      ]);
    });

    it.each([
      [
        'Deployment',
        checkoutDeployment({}, { name: 'checkout-canary', uid: 'x' }),
      ],
      ['Service', checkoutService('checkout-canary')],
    ])(
      'does not touch a %s of its name that is not ours',
      async (kind, theirs) => {
        const cluster = shop(theirs);
        const rollout = checkoutRollout();
        await expect(tick(cluster, rollout)).rejects.toMatchObject({
          name: 'ConflictError',
          message: `${kind} shop/checkout-canary exists already and does not belong to this rollout; delete or rename it`,
        });
        await tick(cluster, checkoutRollout({ canary: 'absent' }));
        expect(cluster.writes).toEqual([]);
        const observed = await lookAt(cluster, rollout);
        expect(observed.nameCollision).toContain(
          `${kind} shop/checkout-canary`,
        );
        expect(observed.canary).toBeUndefined();
        expect(observed.canaryService).toBe(false);
      },
    );

    describe('and its lock', () => {
      const locked = (desired: Partial<Desired> = {}, more = {}) =>
        checkoutRollout(
          { lock: 'present', ...desired },
          { phaseSince: NOON, ...more },
        );
      const owners = (cluster: MemoryCluster) =>
        [CANARY, CANARY_SERVICE].map(
          ref => cluster.read(ref)?.metadata.ownerReferences?.[0],
        );
      const apply = async (cluster: MemoryCluster, at = NOON) => {
        const rollout = locked();
        const observed = await lookAt(cluster, rollout);
        return applyWorkload({ cluster, rollout, observed, at });
      };

      it('are made lock first, which owns the others', async () => {
        const cluster = shop();
        expect(await tick(cluster, locked())).toEqual([
          'create Lease shop/checkout-canary',
          'create Deployment shop/checkout-canary',
          'create Service shop/checkout-canary',
        ]);
        const { metadata, spec } = cluster.read(LOCK)!;
        expect(metadata.labels).toEqual({ 'canary/rollout': 'r1' });
        expect(spec).toEqual({});
        const owner = {
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          name: 'checkout-canary',
          uid: metadata.uid,
        };
        expect(owners(cluster)).toEqual([owner, owner]);
        expect(await tick(cluster, locked())).toEqual([]);
      });

      it('belong to the same one after a crash between them', async () => {
        const cluster = shop();
        await tick(cluster, locked());
        const [owner] = owners(cluster);
        await cluster.delete(CANARY_SERVICE);
        expect(await tick(cluster, locked())).toEqual([
          'create Service shop/checkout-canary',
        ]);
        expect(owners(cluster)).toEqual([owner, owner]);
      });

      it('go, the lock only once it is decided', async () => {
        const cluster = shop();
        await tick(cluster, locked());
        const back = (lock: Desired['lock']) =>
          locked({ canary: 'absent', lock }, { phase: 'RollingBack' });
        expect(await tick(cluster, back('present'))).toEqual([
          'delete Service shop/checkout-canary',
          'delete Deployment shop/checkout-canary',
        ]);
        expect(await lookAt(cluster, back('present'))).toMatchObject({
          lock: true,
        });
        expect(await tick(cluster, back('absent'))).toEqual([
          'delete Lease shop/checkout-canary',
        ]);
        expect(await lookAt(cluster, back('absent'))).toMatchObject({
          lock: false,
        });
      });

      it.each([['create Lease'], ['get Lease', 'create Lease']])(
        'do without it where we may not %s',
        async (...forbidden) => {
          const cluster = shop();
          forbidden.forEach(one => cluster.forbidden.add(one));
          expect(await tick(cluster, locked())).toEqual([
            'create Deployment shop/checkout-canary',
            'create Service shop/checkout-canary',
          ]);
          expect(owners(cluster)).toEqual([undefined, undefined]);
          expect(await lookAt(cluster, locked())).toMatchObject({
            unlocked: true,
          });
        },
      );

      it('wait for it for five seconds where it fails for another reason', async () => {
        const cluster = shop();
        cluster.isLate = ({ kind }) => kind === 'Lease';
        await expect(apply(cluster, NOON + 4_999)).rejects.toThrow(
          'No answer to create Lease',
        );
        expect(cluster.writes).toEqual([]);
        await apply(cluster, NOON + 5_000);
        expect(cluster.writes).toHaveLength(2);
      });

      it.each([
        [undefined, 'Lease shop/checkout-canary exists already'],
        [{ 'canary/rollout': 'of-another-portal' }, 'exists already'],
      ])(
        'are not made beside a Lease of that name with labels %j',
        async (labels, said) => {
          const cluster = shop({
            ...lease(),
            metadata: { ...lease().metadata, labels },
          });
          const observed = await lookAt(cluster, locked());
          expect(observed.nameCollision).toContain(said);
          expect(observed.lock).toBe(false);
          await expect(apply(cluster)).rejects.toMatchObject({
            name: 'ConflictError',
          });
          expect(cluster.writes).toEqual([]);
        },
      );

      it('of a rollout that began before there were locks have none', async () => {
        const cluster = shop();
        await tick(cluster, locked({ lock: undefined }));
        expect(cluster.requests.join()).not.toContain('Lease');
        expect(owners(cluster)).toEqual([undefined, undefined]);
        expect(
          (await lookAt(cluster, locked({ lock: undefined }))).unlocked,
        ).toBeUndefined();
      });
    });

    describe('whose name an ended rollout left taken', () => {
      const leftover = checkoutDeployment(
        {},
        {
          name: 'checkout-canary',
          uid: 'late',
          labels: { 'canary/rollout': 'r0' },
        },
      );
      const rollout = checkoutRollout();
      const after = {
        ...rollout,
        startSnapshot: { ...rollout.startSnapshot, endedBefore: ['r0'] },
      };

      it('is made once that is deleted', async () => {
        const cluster = shop(leftover);
        const observed = await lookAt(cluster, after);
        expect(observed.nameCollision).toBeUndefined();
        expect(observed.leftovers).toEqual([
          'Deployment shop/checkout-canary of rollout r0',
        ]);
        await tick(cluster, after);
        expect(cluster.writes).toEqual([
          'delete Deployment shop/checkout-canary',
          'create Deployment shop/checkout-canary',
          'create Service shop/checkout-canary',
        ]);
      });

      it('waits while the route sends users to it', async () => {
        const cluster = shop(leftover);
        const observed = await lookAt(cluster, after);
        await expect(
          applyWorkload({ cluster, rollout: after, observed, isReached: true }),
        ).rejects.toMatchObject({
          name: 'ConflictError',
          message:
            'Deployment shop/checkout-canary of rollout r0, which has ended, is in the way, and the route sends users to it; take it out of the route first',
        });
        expect(cluster.writes).toEqual([]);
      });
    });

    it('says what is missing to make it', async () => {
      const cluster = MemoryCluster.with(checkoutDeployment());
      await expect(tick(cluster, checkoutRollout())).rejects.toThrow(
        'Service shop/checkout is gone, so that no canary can be made after it',
      );
    });

    it('is not made anew while it is being taken back', async () => {
      const cluster = shop();
      const rollout = checkoutRollout({}, { phase: 'RollingBack' });
      expect(await tick(cluster, rollout)).toEqual([]);
    });

    it('is removed, Service first, and only what was seen to be ours', async () => {
      const cluster = await withCanary();
      const gone = checkoutRollout({ canary: 'absent' });
      expect(await tick(cluster, gone)).toEqual([
        'delete Service shop/checkout-canary',
        'delete Deployment shop/checkout-canary',
      ]);
      expect(await tick(cluster, gone)).toEqual([]);
    });

    it('is not removed when another one took its name since the observation', async () => {
      const cluster = await withCanary();
      const gone = checkoutRollout({ canary: 'absent' });
      await expect(
        tick(cluster, gone, async () => {
          const theirs = await cluster.get(CANARY);
          await cluster.delete(CANARY);
          await cluster.create({
            ...theirs!,
            metadata: { ...theirs!.metadata, uid: 'uid-theirs' },
          });
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await cluster.get(CANARY)).toBeDefined();
    });
  });

  describe('canary replicas', () => {
    it.each([
      ['up', 5],
      ['down', 0],
    ])('are scaled %s, once', async (_, replicas) => {
      const cluster = await withCanary();
      const rollout = checkoutRollout({ replicas });
      expect(await tick(cluster, rollout)).toHaveLength(1);
      expect(await tick(cluster, rollout)).toEqual([]);
      const { canary } = await lookAt(cluster, rollout);
      expect(canary?.replicas.desired).toBe(replicas);
    });

    it('do not grow on a version that was changed since the observation', async () => {
      const cluster = await withCanary();
      await expect(
        tick(cluster, checkoutRollout({ replicas: 5 }), () =>
          cluster.touch(CANARY),
        ),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('shrink whatever was changed since the observation', async () => {
      const cluster = await withCanary({ replicas: 5 });
      await tick(cluster, checkoutRollout({ replicas: 0 }), () =>
        cluster.touch(CANARY),
      );
      expect(specOf((await cluster.get(CANARY))!).replicas).toBe(0);
    });
  });

  describe('promotion', () => {
    const promoted = checkoutRollout(
      { stable: 'promoted' },
      { phase: 'Promoting' },
    );

    it('patches the named images of the stable and nothing else', async () => {
      const cluster = await withCanary();
      const before = await cluster.get(STABLE);
      expect(await tick(cluster, promoted)).toEqual([
        'patch Deployment shop/checkout',
      ]);
      expect(await imagesOf(cluster)).toEqual({
        ...V2,
        proxy: 'shop/proxy:v7',
      });
      const after = await cluster.get(STABLE);
      expect(after?.metadata.annotations).toBe(before?.metadata.annotations);
      expect(await tick(cluster, promoted)).toEqual([]);
    });

    it('fails on a version that was changed since the observation', async () => {
      const cluster = await withCanary();
      await expect(
        tick(cluster, promoted, () => cluster.touch(STABLE)),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await imagesOf(cluster)).toMatchObject(V1);
    });

    it('is not repeated once it was seen and reverted', async () => {
      const cluster = await withCanary();
      const seen = checkoutRollout(
        { stable: 'promoted' },
        { phase: 'Promoting', promotion: { cause: 'gate', at: 0, seenAt: 1 } },
      );
      expect(await tick(cluster, seen)).toEqual([]);
    });

    it('does not touch a Deployment that was made anew', async () => {
      const cluster = MemoryCluster.with(
        checkoutDeployment({}, { uid: 'uid-other' }),
        checkoutService(),
      );
      const fenced = { stable: 'restored', fence: 'r1/2' } as const;
      for (const desired of [{ stable: 'promoted' } as const, fenced]) {
        const rollout = checkoutRollout({ ...desired, canary: 'absent' });
        expect(await tick(cluster, rollout)).toEqual([]);
      }
    });
  });

  describe('restoring', () => {
    const restored = checkoutRollout(
      { stable: 'restored', fence: 'r1/2' },
      { phase: 'RollingBack' },
    );
    const patchImage = (cluster: MemoryCluster, image: string) =>
      cluster.patch(STABLE, {
        type: 'strategic',
        body: {
          spec: {
            template: { spec: { containers: [{ name: 'checkout', image }] } },
          },
        },
      });

    it('puts our image back, whatever was changed since the observation', async () => {
      const cluster = await withCanary();
      await patchImage(cluster, V2.checkout);
      await tick(cluster, restored, () => cluster.touch(STABLE));
      expect(await imagesOf(cluster)).toEqual({
        ...V1,
        proxy: 'shop/proxy:v7',
      });
      expect(await tick(cluster, restored)).toEqual([]);
    });

    it("leaves somebody else's image alone", async () => {
      const cluster = await withCanary();
      await patchImage(cluster, 'shop/checkout:v3');
      await tick(cluster, restored);
      expect(await imagesOf(cluster)).toMatchObject({
        checkout: 'shop/checkout:v3',
      });
    });
  });

  describe('the fence', () => {
    const aborted = (desired: Partial<Desired>) =>
      checkoutRollout(desired, { phase: 'RollingBack' });

    it('makes the promotion of a stalled former owner fail', async () => {
      const cluster = await withCanary();
      const former = checkoutRollout({ stable: 'promoted' });
      const seenByFormer = await lookAt(cluster, former);

      await tick(cluster, aborted({ stable: 'restored', fence: 'r1/2' }));
      expect(await fenceOf(cluster)).toBe('r1/2');

      await expect(
        applyWorkload({ cluster, rollout: former, observed: seenByFormer }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await imagesOf(cluster)).toMatchObject(V1);
    });

    it('makes the growth of a stalled former owner fail', async () => {
      const cluster = await withCanary();
      const former = checkoutRollout({ replicas: 9 });
      const seenByFormer = await lookAt(cluster, former);

      await tick(cluster, aborted({ fence: 'r1/2' }));
      await expect(
        applyWorkload({ cluster, rollout: former, observed: seenByFormer }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await fenceOf(cluster, CANARY)).toBe('r1/2');
    });

    it.each([
      ['promotion', { stable: 'promoted' }],
      ['growth', { replicas: 9 }],
    ] as const)(
      'keeps the %s of a former owner out that looked after it',
      async (_, desired) => {
        const cluster = await withCanary();
        await tick(cluster, aborted({ stable: 'restored', fence: 'r1/2' }));
        await expect(
          tick(cluster, checkoutRollout(desired)),
        ).rejects.toMatchObject({ name: 'ConflictError' });
        expect(cluster.writes).toEqual([]);
        expect(await imagesOf(cluster)).toMatchObject(V1);
      },
    );

    it('of an ended rollout keeps nobody out', async () => {
      const cluster = await withCanary();
      await cluster.patch(STABLE, {
        type: 'merge',
        body: { metadata: { annotations: { [FENCE]: 'r0/99' } } },
      });
      const promoted = checkoutRollout({ stable: 'promoted' });
      await tick(cluster, promoted).catch(() => {});
      await tick(cluster, promoted);
      expect(await fenceOf(cluster)).toBeUndefined();
      expect(await imagesOf(cluster)).toMatchObject(V2);
    });

    it('stays away from a stable that never was to be patched', async () => {
      const cluster = await withCanary();
      await tick(cluster, aborted({ fence: 'r1/2' }));
      expect(await fenceOf(cluster)).toBeUndefined();
    });

    it('does not take down that of a later owner', async () => {
      const cluster = await withCanary();
      await tick(cluster, aborted({ stable: 'restored', fence: 'r1/10' }));
      await expect(
        tick(cluster, aborted({ stable: 'restored', fence: 'r1/9' })),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await fenceOf(cluster)).toBe('r1/10');
    });

    it('replaces that of an earlier epoch, or of a rollout that is over', async () => {
      const cluster = await withCanary();
      for (const fence of ['r0/99', 'r1/2', 'r1/10']) {
        await cluster.patch(STABLE, {
          type: 'merge',
          body: { metadata: { annotations: { [FENCE]: fence } } },
        });
        await tick(cluster, aborted({ stable: 'restored', fence: 'r1/11' }));
        expect(await fenceOf(cluster)).toBe('r1/11');
      }
    });

    it('is removed at the end, and with it all that we wrote on the stable', async () => {
      const cluster = await withCanary();
      await tick(cluster, aborted({ stable: 'restored', fence: 'r1/2' }));
      await tick(cluster, aborted({ stable: 'restored', canary: 'absent' }));
      const stable = await cluster.get(STABLE);
      expect(stable?.metadata.annotations).toEqual({});
      expect(await cluster.get(CANARY)).toBeUndefined();
    });
  });

  describe('the floor of the HPA', () => {
    const held = checkoutRollout({ hpaFloor: true });
    const released = checkoutRollout({ hpaFloor: false });
    const floorOf = async (cluster: MemoryCluster) =>
      (await cluster.get(HPA))?.spec?.minReplicas;

    it('is held at the count of the start and given back', async () => {
      const cluster = shop(checkoutHpa());
      await tick(cluster, held);
      expect(await floorOf(cluster)).toBe(4);
      expect(await tick(cluster, held)).toEqual([]);
      await tick(cluster, released);
      expect(await floorOf(cluster)).toBe(2);
      expect(await tick(cluster, released)).toEqual([]);
    });

    it('is left where somebody raised it meanwhile', async () => {
      const cluster = shop(checkoutHpa());
      await tick(cluster, held);
      cluster.touch(HPA, { spec: { minReplicas: 6 } });
      await tick(cluster, held);
      expect(await floorOf(cluster)).toBe(6);
      await tick(cluster, released);
      expect(await floorOf(cluster)).toBe(6);
    });

    it('is given back though its ceiling was raised meanwhile', async () => {
      const cluster = shop(checkoutHpa({ maxReplicas: 3 }));
      const startSnapshot = {
        ...held.startSnapshot,
        hpa: { name: 'checkout', minReplicas: 2, heldFloor: 3 },
      };
      await tick(cluster, { ...held, startSnapshot });
      expect(await floorOf(cluster)).toBe(3);
      cluster.touch(HPA, { spec: { maxReplicas: 9 } });
      await tick(cluster, { ...released, startSnapshot });
      expect(await floorOf(cluster)).toBe(2);
    });

    it('goes no higher than a ceiling that was lowered meanwhile, and is given back all the same', async () => {
      const cluster = shop(checkoutHpa());
      await tick(cluster, held);
      cluster.touch(HPA, { spec: { minReplicas: 3, maxReplicas: 3 } });
      expect(await tick(cluster, held)).toEqual([]);
      expect(await floorOf(cluster)).toBe(3);
      await tick(cluster, released);
      expect(await floorOf(cluster)).toBe(2);
    });

    it('is given back no higher than a ceiling that was lowered below it', async () => {
      const cluster = shop(checkoutHpa());
      await tick(cluster, held);
      cluster.touch(HPA, { spec: { minReplicas: 1, maxReplicas: 1 } });
      await tick(cluster, held);
      await tick(cluster, released);
      expect(await floorOf(cluster)).toBe(1);
    });

    it('does not keep the canary from being removed where we may not write it', async () => {
      const cluster = shop(checkoutHpa());
      await tick(cluster, held);
      cluster.forbidden.add('patch HorizontalPodAutoscaler');
      await expect(
        tick(cluster, checkoutRollout({ canary: 'absent' })),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(await cluster.get(CANARY)).toBeUndefined();
    });

    it('stays where we may not write it and the plan accepts that', async () => {
      const cluster = shop(checkoutHpa());
      cluster.forbidden.add('patch HorizontalPodAutoscaler');
      const plan = { acceptCapacityRisk: true } as RolloutState['plan'];
      await tick(cluster, checkoutRollout({ hpaFloor: true }, { plan }));
      expect(await floorOf(cluster)).toBe(2);
    });
  });

  it('stops with the signal', async () => {
    const cluster = shop();
    const rollout = checkoutRollout();
    const observed = await lookAt(cluster, rollout);
    await expect(
      applyWorkload({
        cluster,
        rollout: rollout,
        observed,
        signal: AbortSignal.abort(),
      }),
    ).rejects.toThrow();
    expect(cluster.writes).toEqual([]);
  });
});
