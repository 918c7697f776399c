import { Entity } from '@backstage/catalog-model';
import { resolveTarget } from './resolveTarget';

function entityWith(annotations?: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', annotations },
  };
}

/** A cluster in which every selector finds these Deployments. */
function finding(
  ...names: (string | { name: string; labels: Record<string, string> })[]
) {
  return jest.fn(async (_cluster: string, _namespace: string, _: string) =>
    names.map(one => ({
      metadata: typeof one === 'string' ? { name: one } : one,
    })),
  );
}

const ID = 'backstage.io/kubernetes-id';
const SELECTOR = 'backstage.io/kubernetes-label-selector';
const NAMESPACE = 'backstage.io/kubernetes-namespace';
const CLUSTER = 'backstage.io/kubernetes-cluster';

describe('resolveTarget', () => {
  it.each<{
    outcome: string;
    annotations: Record<string, string>;
    wantSelector: string;
    want: { cluster: string; namespace: string; name: string };
  }>([
    {
      outcome: 'finds the Deployment by the Kubernetes id',
      annotations: { [ID]: 'shop' },
      wantSelector: `${ID}=shop`,
      want: { cluster: 'eu', namespace: 'default', name: 'web' },
    },
    {
      outcome: 'prefers the label selector to the id',
      annotations: { [ID]: 'shop', [SELECTOR]: 'app in (a, b),!test' },
      wantSelector: 'app in (a, b),!test',
      want: { cluster: 'eu', namespace: 'default', name: 'web' },
    },
    {
      outcome: 'takes the namespace and the cluster of the annotations',
      annotations: { [ID]: 'shop', [NAMESPACE]: 'prod', [CLUSTER]: 'us' },
      wantSelector: `${ID}=shop`,
      want: { cluster: 'us', namespace: 'prod', name: 'web' },
    },
    {
      outcome: 'lets canary/cluster win',
      annotations: { [ID]: 'a', [CLUSTER]: 'us', 'canary/cluster': 'eu' },
      wantSelector: `${ID}=a`,
      want: { cluster: 'eu', namespace: 'default', name: 'web' },
    },
  ])('$outcome', async ({ annotations, wantSelector, want }) => {
    const listDeployments = finding('web');
    const clusterNames =
      CLUSTER in annotations || 'canary/cluster' in annotations
        ? ['eu', 'us']
        : ['eu'];

    await expect(
      resolveTarget(entityWith(annotations), { clusterNames, listDeployments }),
    ).resolves.toEqual({ ...want, kind: 'Deployment' });
    expect(listDeployments).toHaveBeenCalledWith(
      want.cluster,
      want.namespace,
      wantSelector,
    );
  });

  it('asks no cluster where canary/workload names the Deployment', async () => {
    const listDeployments = finding();
    await expect(
      resolveTarget(entityWith({ 'canary/workload': 'Deployment/web.v2' }), {
        clusterNames: ['eu'],
        listDeployments,
      }),
    ).resolves.toMatchObject({ name: 'web.v2' });
    expect(listDeployments).not.toHaveBeenCalled();
  });

  it('does not take the canary of a running rollout for a second workload', async () => {
    await expect(
      resolveTarget(entityWith({ [ID]: 'shop' }), {
        clusterNames: ['eu'],
        listDeployments: finding('web', {
          name: 'web-canary',
          labels: { 'canary/rollout': 'r1' },
        }),
      }),
    ).resolves.toMatchObject({ name: 'web' });
  });

  it.each<{
    outcome: string;
    annotations?: Record<string, string>;
    want: RegExp;
    clusters?: string[];
  }>([
    {
      outcome: 'gives the YAML to paste where nothing is annotated',
      annotations: undefined,
      want: /component:default\/checkout .*catalog-info\.yaml:\nmetadata:\n {2}annotations:[^]*canary\/workload: deployment\/checkout$/,
    },
    {
      outcome: 'gives the YAML to paste where only a namespace is annotated',
      annotations: { [NAMESPACE]: 'prod' },
      want: /canary\/workload: deployment\/checkout/,
    },
    {
      outcome: 'names the known clusters',
      annotations: { [ID]: 'a', 'canary/cluster': 'mars' },
      want: /canary\/cluster .* is "mars"; the configured clusters are eu, us/,
    },
    {
      outcome: 'asks for the cluster where there are several',
      annotations: { [ID]: 'a' },
      want: /does not say its cluster; .*canary\/cluster to one of eu, us/,
    },
    {
      outcome: 'refuses other kinds of workloads',
      annotations: { 'canary/workload': 'statefulset/db' },
      want: /"statefulset\/db"; only Deployments/,
    },
    {
      outcome: 'refuses a workload without a kind',
      annotations: { 'canary/workload': 'checkout' },
      want: /"checkout"; write deployment\/<name/,
    },
    {
      outcome: 'refuses a workload that climbs out of its path',
      annotations: { 'canary/workload': 'deployment/..%2Fsecrets' },
      want: /canary\/workload/,
    },
    {
      outcome: 'refuses a namespace that is none',
      annotations: { [ID]: 'a', [NAMESPACE]: '../kube-system' },
      want: /kubernetes-namespace .*"\.\.\/kube-system"/,
      clusters: ['eu'],
    },
    {
      outcome: 'refuses an id that is no label value',
      annotations: { [ID]: 'a,app=b' },
      want: /kubernetes-id .*label/,
    },
    {
      outcome: 'refuses a selector that is none',
      annotations: { [SELECTOR]: 'app=(a' },
      want: /label-selector .*app=checkout/,
    },
    {
      outcome: 'refuses a selector with a query inside',
      annotations: { [SELECTOR]: 'app=a&limit=1' },
      want: /label-selector/,
    },
    {
      outcome: 'refuses an endless selector, showing only its beginning',
      annotations: { [SELECTOR]: `app=a${',b'.repeat(5000)}` },
      want: /label-selector of \S+ is ".{80}…"/,
    },
  ])('$outcome', async ({ annotations, want, clusters = ['eu', 'us'] }) => {
    await expect(
      resolveTarget(entityWith(annotations), {
        clusterNames: clusters,
        listDeployments: finding('web'),
      }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(want),
    });
  });

  it('says where it looked when no Deployment matches', async () => {
    await expect(
      resolveTarget(entityWith({ [ID]: 'shop' }), {
        clusterNames: ['eu'],
        listDeployments: finding(),
      }),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining(
        '"backstage.io/kubernetes-id=shop" in namespace default of cluster eu',
      ),
    });
  });

  it('lists the Deployments when several match', async () => {
    await expect(
      resolveTarget(entityWith({ [ID]: 'shop' }), {
        clusterNames: ['eu'],
        listDeployments: finding('web', 'api'),
      }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(
        /2 Deployments match .*: api, web; .*canary\/workload: deployment\/api/,
      ),
    });
  });

  it('tells the administrator when no cluster is configured', async () => {
    await expect(
      resolveTarget(entityWith({ [ID]: 'shop' }), {
        clusterNames: [],
        listDeployments: finding('web'),
      }),
    ).rejects.toThrow('canary.clusters in app-config.yaml');
  });
});
