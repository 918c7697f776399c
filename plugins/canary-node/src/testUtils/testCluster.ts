/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { Cluster } from '../cluster';
import { KubernetesObject, ObjectRef, ObjectWrite } from '../kubernetesObject';

const LABEL = 'canary-contract';
const APPS = { apiVersion: 'apps/v1', kind: 'Deployment' } as const;
const CORE = { apiVersion: 'v1', kind: 'Service' } as const;
const UNKNOWN = {
  apiVersion: 'canary.example/v1',
  kind: 'NothingOfTheSort',
} as const;

/**
 * What the canary controller relies on from a Kubernetes API: verbs, patch
 * types, preconditions, conflicts and watches. Every test makes objects of its
 * own in the given namespace, which must exist, and removes them; no pod has
 * to run. The credentials must be allowed to do everything in the namespace.
 *
 * @public
 */
export function testCluster(
  title: string,
  options: {
    /** Called once; opens the cluster for the whole suite. */
    connect(): Promise<{
      readonly cluster: Cluster;
      readonly namespace: string;
    }>;
  },
): void {
  // eslint-disable-next-line jest/valid-title
  describe(title, () => {
    const run = `c${Date.now().toString(36)}`;
    let cluster: Cluster;
    let namespace: string;
    let made: ObjectRef[] = [];
    let count = 0;

    beforeAll(async () => {
      ({ cluster, namespace } = await options.connect());
    });

    afterEach(async () => {
      await Promise.all(made.map(ref => cluster.delete(ref)));
      made = [];
    });

    function newRef(
      of: { readonly apiVersion: string; readonly kind: string } = APPS,
    ): ObjectRef {
      count += 1;
      const ref = { ...of, namespace, name: `${run}-${count}` };
      made.push(ref);
      return ref;
    }

    function newDeployment(labels: Record<string, string> = {}) {
      const ref = newRef();
      return { ref, manifest: deploymentOf(ref, { [LABEL]: run, ...labels }) };
    }

    async function createDeployment(labels: Record<string, string> = {}) {
      const { ref, manifest } = newDeployment(labels);
      return { ref, created: await cluster.create(manifest) };
    }

    /** A version that is no longer the object's. */
    async function makeStale(ref: ObjectRef) {
      await cluster.patch(ref, {
        type: 'merge',
        body: { metadata: { annotations: { touched: 'by-somebody' } } },
      });
    }

    it('answers a ping', async () => {
      await expect(cluster.ping()).resolves.toBeUndefined();
    });

    it('gives up at once when the signal is aborted already', async () => {
      await expect(
        cluster.get(newRef(), AbortSignal.abort()),
      ).rejects.toThrow();
    });

    describe('reading', () => {
      it('has nothing where the object, its namespace or its kind does not exist', async () => {
        const ref = newRef();
        expect(await cluster.get(ref)).toBeUndefined();
        expect(
          await cluster.get({ ...ref, namespace: `${run}-nowhere` }),
        ).toBeUndefined();
        expect(await cluster.get({ ...ref, ...UNKNOWN })).toBeUndefined();
        expect(await cluster.list({ ...UNKNOWN, namespace })).toEqual([]);
        expect(
          await cluster.list({ ...APPS, namespace: `${run}-nowhere` }),
        ).toEqual([]);
      });

      it('gives listed objects the kind that a single read gives them', async () => {
        const { ref } = await createDeployment();
        const [listed] = await cluster.list({
          ...APPS,
          namespace,
          labelSelector: `${LABEL}=${run}`,
        });
        expect(listed).toMatchObject({ ...APPS, metadata: { name: ref.name } });
        expect(await cluster.get(ref)).toMatchObject({
          ...APPS,
          metadata: { name: ref.name, namespace, uid: listed.metadata.uid },
        });
      });

      it('selects by labels', async () => {
        const a = (await createDeployment({ tier: 'a' })).ref.name;
        const b = (await createDeployment({ tier: 'b' })).ref.name;
        const none = (await createDeployment()).ref.name;
        for (const [selector, want] of [
          ['tier=a', [a]],
          ['tier!=a', [b, none]],
          ['tier in (a,b)', [a, b]],
          ['tier notin (a)', [b, none]],
          ['tier', [a, b]],
          ['!tier', [none]],
        ] as const) {
          const found = await cluster.list({
            ...APPS,
            namespace,
            labelSelector: `${LABEL}=${run},${selector}`,
          });
          const names = found.map(object => object.metadata.name);
          expect({ selector, names: names.sort() }).toEqual({
            selector,
            names: [...want].sort(),
          });
        }
      });
    });

    describe('creating', () => {
      it('gives the object an identity, a version and a generation', async () => {
        const { created } = await createDeployment();
        expect(created).toMatchObject({
          ...APPS,
          metadata: {
            namespace,
            uid: expect.stringMatching(/./),
            resourceVersion: expect.stringMatching(/./),
            generation: 1,
          },
          spec: { replicas: 0 },
        });
      });

      it('conflicts with an object of the same name, and leaves that alone', async () => {
        const { ref, created } = await createDeployment();
        await expect(
          cluster.create(deploymentOf(ref, { [LABEL]: 'other' })),
        ).rejects.toMatchObject({ name: 'ConflictError' });
        expect(await cluster.get(ref)).toMatchObject({
          metadata: { uid: created.metadata.uid, labels: { [LABEL]: run } },
        });
      });

      it('finds no place for an unknown kind', async () => {
        const { manifest } = newDeployment();
        await expect(
          cluster.create({ ...manifest, ...UNKNOWN }),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
      });

      it('makes a Service with the ports and selector it was given', async () => {
        const ref = newRef(CORE);
        await cluster.create({
          ...CORE,
          metadata: { name: ref.name, namespace },
          spec: {
            selector: { app: ref.name },
            ports: [{ name: 'http', port: 80, targetPort: 8080 }],
          },
        });
        expect(await cluster.get(ref)).toMatchObject({
          spec: {
            selector: { app: ref.name },
            ports: [{ name: 'http', port: 80, targetPort: 8080 }],
          },
        });
      });
    });

    describe('patching', () => {
      it('does not find what does not exist', async () => {
        await expect(
          cluster.patch(newRef(), { type: 'merge', body: { metadata: {} } }),
        ).rejects.toMatchObject({ name: 'NotFoundError' });
      });

      it('merges, removes what is null, and leaves the rest', async () => {
        const { ref } = await createDeployment({ gone: 'soon' });
        const patched = await cluster.patch(ref, {
          type: 'merge',
          body: {
            metadata: {
              labels: { gone: null, added: 'yes' },
              annotations: { 'canary/fence': 'r1/1' },
            },
          },
        });
        expect(patched.metadata.labels).toEqual({ [LABEL]: run, added: 'yes' });
        expect(await cluster.get(ref)).toMatchObject({
          metadata: { annotations: { 'canary/fence': 'r1/1' } },
          spec: { replicas: 0 },
        });
      });

      it('merges strategically by container name', async () => {
        const { ref } = await createDeployment();
        const patched = await cluster.patch(ref, {
          type: 'strategic',
          body: {
            spec: {
              template: {
                spec: { containers: [{ name: 'app', image: 'shop/app:v2' }] },
              },
            },
          },
        });
        expect(imagesOf(patched)).toEqual({
          app: 'shop/app:v2',
          sidecar: 'shop/sidecar:v1',
        });
      });

      it('adds, replaces and removes by JSON Patch when every test holds', async () => {
        const { ref, created } = await createDeployment({ gone: 'soon' });
        const patched = await cluster.patch(ref, {
          type: 'json',
          body: [
            {
              op: 'test',
              path: '/metadata/resourceVersion',
              value: created.metadata.resourceVersion!,
            },
            {
              op: 'test',
              path: '/spec/template/spec/containers/0/name',
              value: 'app',
            },
            {
              op: 'replace',
              path: '/spec/template/spec/containers/0/image',
              value: 'shop/app:v2',
            },
            {
              op: 'add',
              path: '/metadata/annotations',
              value: { 'canary/fence': 'r1/1' },
            },
            { op: 'remove', path: '/metadata/labels/gone' },
          ],
        });
        expect(imagesOf(patched).app).toBe('shop/app:v2');
        expect(patched.metadata.annotations).toMatchObject({
          'canary/fence': 'r1/1',
        });
        expect(patched.metadata.labels).toEqual({ [LABEL]: run });
      });

      it('conflicts, and changes nothing, when a test of a JSON Patch fails', async () => {
        const { ref, created } = await createDeployment();
        await makeStale(ref);
        for (const test of [
          {
            path: '/metadata/resourceVersion',
            value: created.metadata.resourceVersion!,
          },
          { path: '/spec/template/spec/containers/0/name', value: 'other' },
          { path: '/metadata/labels/absent', value: 'anything' },
        ]) {
          await expect(
            cluster.patch(ref, {
              type: 'json',
              body: [
                { op: 'test', ...test },
                { op: 'replace', path: '/spec/replicas', value: 1 },
              ],
            }),
          ).rejects.toMatchObject({ name: 'ConflictError' });
        }
        expect(await cluster.get(ref)).toMatchObject({ spec: { replicas: 0 } });
      });

      it('refuses an invalid value as such, although the tests hold', async () => {
        const { ref } = await createDeployment();
        await expect(
          cluster.patch(ref, {
            type: 'json',
            body: [
              { op: 'test', path: '/spec/replicas', value: 0 },
              { op: 'replace', path: '/spec/replicas', value: -1 },
            ],
          }),
        ).rejects.toMatchObject({ name: 'InputError' });
      });

      it('conflicts, and changes nothing, when a merge patch carries a stale version', async () => {
        const { ref, created } = await createDeployment();
        const { resourceVersion } = created.metadata;
        await makeStale(ref);
        await expect(
          cluster.patch(ref, {
            type: 'merge',
            body: { metadata: { resourceVersion }, spec: { replicas: 1 } },
          }),
        ).rejects.toMatchObject({ name: 'ConflictError' });
        expect(await cluster.get(ref)).toMatchObject({ spec: { replicas: 0 } });
      });

      it('lets exactly one of two writers of the same version win', async () => {
        const { ref, created } = await createDeployment();
        const { resourceVersion } = created.metadata;
        const answers = await Promise.allSettled(
          ['one', 'two'].map(writer =>
            cluster.patch(ref, {
              type: 'merge',
              body: { metadata: { resourceVersion, annotations: { writer } } },
            }),
          ),
        );
        const refused = answers.flatMap(answer =>
          answer.status === 'rejected' ? [answer.reason.name] : [],
        );
        expect(refused).toEqual(['ConflictError']);
      });

      it('counts a generation for a change of the spec, not for one of labels', async () => {
        const { ref, created } = await createDeployment();
        const labelled = await cluster.patch(ref, {
          type: 'merge',
          body: { metadata: { labels: { touched: 'by-somebody' } } },
        });
        expect(labelled.metadata.generation).toBe(1);
        expect(labelled.metadata.resourceVersion).not.toBe(
          created.metadata.resourceVersion,
        );
        const changed = await cluster.patch(ref, {
          type: 'merge',
          body: { spec: { paused: true } },
        });
        expect(changed.metadata.generation).toBe(2);
      });

      it('writes nothing when a patch asks for what is there', async () => {
        const { ref, created } = await createDeployment();
        const patched = await cluster.patch(ref, {
          type: 'merge',
          body: { spec: { replicas: 0 } },
        });
        expect(patched.metadata.resourceVersion).toBe(
          created.metadata.resourceVersion,
        );
      });

      it('notes us as the manager of what we wrote', async () => {
        const { ref } = await createDeployment();
        const managers = (await cluster.get(ref))?.metadata.managedFields?.map(
          field => field.manager,
        );
        expect(managers).toContain('backstage-canary');
      });
    });

    describe('deleting', () => {
      it('removes the object, and has nothing to say when it is gone', async () => {
        const { ref, created } = await createDeployment();
        await cluster.delete(ref, { uid: created.metadata.uid });
        await eventually(async () => (await cluster.get(ref)) === undefined);
        await expect(
          cluster.delete(ref, { uid: created.metadata.uid }),
        ).resolves.toBeUndefined();
        await expect(
          cluster.delete({ ...ref, ...UNKNOWN }),
        ).resolves.toBeUndefined();
      });

      it('conflicts with an object of another uid or version, and leaves it', async () => {
        const { ref, created } = await createDeployment();
        await makeStale(ref);
        for (const precondition of [
          { uid: '00000000-0000-4000-8000-000000000000' },
          { resourceVersion: created.metadata.resourceVersion },
        ]) {
          await expect(cluster.delete(ref, precondition)).rejects.toMatchObject(
            { name: 'ConflictError' },
          );
        }
        expect(await cluster.get(ref)).toBeDefined();
      });
    });

    describe('a dry run', () => {
      it('persists no object, and takes no name', async () => {
        const { ref, manifest } = newDeployment();
        const told = await cluster.dryRun?.({
          verb: 'create',
          object: manifest,
        });
        expect(told ?? 'accepted').toBe('accepted');
        expect(await cluster.get(ref)).toBeUndefined();
        expect(await cluster.create(manifest)).toMatchObject({
          metadata: { name: ref.name },
        });
      });

      it('changes nothing, not even a version', async () => {
        const { ref, created } = await createDeployment();
        const told = await cluster.dryRun?.({
          verb: 'patch',
          ref,
          patch: {
            type: 'json',
            body: [
              {
                op: 'test',
                path: '/metadata/resourceVersion',
                value: created.metadata.resourceVersion!,
              },
              { op: 'replace', path: '/spec/replicas', value: 1 },
            ],
          },
        });
        expect(told ?? 'accepted').toBe('accepted');
        expect(await cluster.get(ref)).toMatchObject({
          metadata: { resourceVersion: created.metadata.resourceVersion },
          spec: { replicas: 0 },
        });
      });

      it('is refused as the write itself would be', async () => {
        const { dryRun } = cluster;
        if (!dryRun) return;
        const { ref, manifest } = newDeployment();
        const told = (write: ObjectWrite) =>
          dryRun.call(cluster, write).then(
            answer => answer,
            error => error.name,
          );
        const scale = (replicas: number): ObjectWrite => ({
          verb: 'patch',
          ref,
          patch: { type: 'merge', body: { spec: { replicas } } },
        });
        expect(await told(scale(1))).toBe('NotFoundError');
        await cluster.create(manifest);
        expect(await told({ verb: 'create', object: manifest })).toBe(
          'ConflictError',
        );
        expect(await told(scale(-1))).toBe('InputError');
        expect(await cluster.get(ref)).toMatchObject({ spec: { replicas: 0 } });
      });
    });

    it('says what we may do', async () => {
      expect(await cluster.may('patch', newRef())).toBe(true);
      expect(await cluster.may('patch', { ...newRef(), ...UNKNOWN })).toBe(
        false,
      );
    });

    describe('watching', () => {
      it('tells changes, deletion included, until the signal aborts', async () => {
        const { ref, created } = await createDeployment();
        const abort = new AbortController();
        const seen: KubernetesObject[] = [];
        try {
          cluster.watch(
            { ...APPS, namespace, labelSelector: `${LABEL}=${run}` },
            object => seen.push(object),
            abort.signal,
          );
          // A watch has no moment at which it says that it is open.
          let replicas = 0;
          await eventually(async () => {
            replicas += 1;
            await cluster.patch(ref, {
              type: 'merge',
              body: { metadata: { annotations: { beat: String(replicas) } } },
            });
            return seen.length > 0;
          });
          expect(seen[0]).toMatchObject({
            ...APPS,
            metadata: { name: ref.name, namespace, uid: created.metadata.uid },
          });

          const told = seen.length;
          await cluster.delete(ref);
          await eventually(async () => seen.length > told);
        } finally {
          abort.abort();
        }

        const told = seen.length;
        const later = await createDeployment();
        await makeStale(later.ref);
        expect(seen).toHaveLength(told);
      }, 30_000);
    });
  });
}

function deploymentOf(
  ref: ObjectRef,
  labels: Record<string, string>,
): KubernetesObject {
  const app = { app: ref.name };
  return {
    ...APPS,
    metadata: { name: ref.name, namespace: ref.namespace, labels },
    spec: {
      replicas: 0,
      selector: { matchLabels: app },
      template: {
        metadata: { labels: app },
        spec: {
          containers: [
            { name: 'app', image: 'shop/app:v1' },
            { name: 'sidecar', image: 'shop/sidecar:v1' },
          ],
        },
      },
    },
  };
}

function imagesOf(deployment: KubernetesObject): Record<string, string> {
  const { template } = deployment.spec as unknown as {
    template: { spec: { containers: { name: string; image: string }[] } };
  };
  return Object.fromEntries(
    template.spec.containers.map(({ name, image }) => [name, image]),
  );
}

/** Waits for the other side, which works at its own pace; at most ten seconds. */
async function eventually(check: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > giveUpAt) throw new Error('It did not happen in time');
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
