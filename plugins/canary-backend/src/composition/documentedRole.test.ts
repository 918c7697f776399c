import { ObjectRef } from 'backstage-plugin-canary-node';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { resourceOf } from '../engines/ephemeral-canary/rehearsal/rightsInWords';
import { MemoryCluster } from '../kubernetes/testing/MemoryCluster';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutService,
  checkoutTemplate,
} from '../workload/testing/shop';
import { Release } from './testing/Release';

const TEXT = readFileSync(
  path.resolve(__dirname, '../../../../docs/kubernetes-rbac.yaml'),
  'utf8',
);

/** `patch deployments.apps` */
type Right = string;

/** Left out by default, because Kubernetes has no right to read only what is needed. */
const OFFERED: readonly Right[] = ['get secrets'];

/** By the same code as HTTPRoute, of which these rollouts have one. */
const alike = (right: Right) => right.replace('grpcroutes', 'httproutes');

function granted(text: string): Set<Right> {
  const [, { rules }] = parseAllDocuments(text).map(one => one.toJSON());
  return new Set(
    rules.flatMap(({ apiGroups: [group], resources, verbs }: any) =>
      resources.flatMap((resource: string) =>
        verbs.map(
          (verb: string) => `${verb} ${resource}${group && `.${group}`}`,
        ),
      ),
    ),
  );
}

/** Adds every right that is used or asked about from now on. */
function noteRights(cluster: MemoryCluster, rights: Set<Right>) {
  const note = (verb: string, of: Omit<ObjectRef, 'name'>) =>
    rights.add(`${verb} ${resourceOf({ name: '', ...of })}`);
  for (const verb of ['get', 'list', 'create', 'patch', 'delete'] as const) {
    const original: any = cluster[verb].bind(cluster);
    Object.assign(cluster, {
      [verb]: (of: any, ...more: unknown[]) => {
        note(verb, of);
        return original(of, ...more);
      },
    });
  }
  const may = cluster.may.bind(cluster);
  cluster.may = (verb, ref) => {
    note(verb, ref);
    return may(verb, ref);
  };
}

// Whole rollouts; a busy machine takes its time over them.
jest.setTimeout(60_000);

describe('docs/kubernetes-rbac.yaml', () => {
  const used = new Set<Right>();

  beforeAll(async () => {
    const template = checkoutTemplate({
      volumes: [
        { name: 'a', configMap: { name: 'settings' } },
        { name: 'b', secret: { secretName: 'password' } },
        { name: 'c', persistentVolumeClaim: { claimName: 'files' } },
      ],
    });
    const objects = [
      checkoutDeployment({ template }),
      checkoutService(),
      checkoutHpa(),
    ];
    for (const end of ['success', 'abort'] as const) {
      const release = await Release.open({ objects });
      noteRights(release.cluster, used);
      await release.start({ image: 'shop/checkout:v2' });
      if (end === 'abort') {
        await release.until(({ promotion }) => promotion !== undefined);
        await release.command('abort');
      }
      await release.toTheEnd();
      await release.close();
    }
  });

  it('grants everything that a start, a rollout and its end use', () => {
    const rights = [...granted(TEXT), ...OFFERED];
    expect([...used].filter(right => !rights.includes(right))).toEqual([]);
  });

  it('grants nothing else', () => {
    const more = [...granted(TEXT)].filter(right => !used.has(alike(right)));
    expect(more).toEqual([]);
  });

  it('offers what it leaves out', () => {
    const whole = TEXT.replace(/^( *)# (?=- apiGroups| {2})/gm, '$1');
    for (const right of OFFERED) {
      expect(used).toContain(right);
      expect(granted(TEXT)).not.toContain(right);
      expect(granted(whole)).toContain(right);
    }
  });
});
