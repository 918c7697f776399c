import fc from 'fast-check';
import { Images } from 'backstage-plugin-canary-common';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { deploymentRef } from '../../kubernetes/objects/refs';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { RolloutState } from '../../rollout';
import { templateImages } from '../manifests/containers';
import { PodTemplate, specOf } from '../manifests/manifests';
import { lookAt } from '../testing/lookAt';
import {
  checkoutDeployment,
  checkoutRollout,
  checkoutService,
  checkoutTemplate,
} from '../testing/shop';
import { applyWorkload } from './applyWorkload';

/** The last one is a key of every object. */
const NAMES = ['app', 'proxy', 'migrate', 'assets', 'log', 'constructor'];
const image = fc.constantFrom('shop/a:v1', 'shop/a:v2', 'shop/b:v1');

/** Containers of different names, some before the others and some for ever. */
const templates = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom(...NAMES),
      image,
      kind: fc.constantFrom('container', 'init', 'sidecar'),
      env: fc.constantFrom([], [{ name: 'A', value: '1' }]),
    }),
    { minLength: 1, selector: ({ name }) => name },
  )
  .map(all => {
    const of = (...kinds: string[]) =>
      all
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ kind, ...container }) => ({
          ...container,
          ...(kind === 'sidecar' && { restartPolicy: 'Always' }),
        }));
    const initContainers = of('init', 'sidecar');
    return checkoutTemplate({
      containers: of('container'),
      ...(initContainers.length > 0 && { initContainers }),
    });
  });

/** New images, of containers that there are and of some that there are not. */
const newImages = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), image), {
    selector: ([name]) => name,
  })
  .map(entries => Object.fromEntries(entries) as Images);

/** Every container but for the image, in its list and place. */
function withoutImages({ spec }: PodTemplate) {
  const strip = (list: PodTemplate['spec']['initContainers']) =>
    list?.map(({ image: _, ...rest }) => rest);
  return {
    ...spec,
    containers: strip(spec.containers),
    initContainers: strip(spec.initContainers),
  };
}

async function brought(
  cluster: MemoryCluster,
  rollout: RolloutState,
  name: string,
): Promise<PodTemplate> {
  const observed = await lookAt(cluster, rollout);
  await applyWorkload({ cluster, rollout, observed });
  const ref = deploymentRef('shop', name);
  return specOf(cluster.read(ref) as KubernetesObject).template;
}

describe('whatever containers a template has and a rollout names', () => {
  it('exactly the named ones change, in the canary and in the promoted stable, and get their own back', async () => {
    await fc.assert(
      fc.asyncProperty(templates, newImages, async (template, canary) => {
        const before = templateImages(template);
        const named = Object.keys(canary).filter(name =>
          Object.hasOwn(before, name),
        );
        const wanted = {
          ...before,
          ...Object.fromEntries(named.map(name => [name, canary[name]])),
        };
        const images = {
          stable: Object.fromEntries(named.map(name => [name, before[name]])),
          canary,
        };
        const cluster = MemoryCluster.with(
          checkoutDeployment({ template }),
          checkoutService(),
        );

        const cloned = await brought(
          cluster,
          checkoutRollout({}, { images }),
          'checkout-canary',
        );
        const promoted = await brought(
          cluster,
          checkoutRollout(
            { stable: 'promoted' },
            { images, phase: 'Promoting' },
          ),
          'checkout',
        );
        for (const after of [cloned, promoted]) {
          expect(templateImages(after)).toEqual(wanted);
          expect(withoutImages(after)).toEqual(withoutImages(template));
        }

        const restored = await brought(
          cluster,
          checkoutRollout(
            { stable: 'restored' },
            { images, phase: 'RollingBack' },
          ),
          'checkout',
        );
        expect(restored).toEqual(template);
      }),
      { numRuns: 300 },
    );
  });
});
