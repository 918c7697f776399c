import { Cluster, KubernetesObject } from 'backstage-plugin-canary-node';
import {
  KubeApiServer,
  startKubeApiServer,
} from 'backstage-plugin-canary-node/testUtils';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { AddressInfo } from 'node:net';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { systemClock } from '../clock/systemClock';
import { connectCluster } from '../kubernetes';

import { RolloutState } from '../rollout';
import { resolveTraffic } from '../traffic';
import { routeOf } from '../traffic/testing/routes';
import {
  checkoutDeployment,
  checkoutHpa,
  checkoutRollout,
  checkoutService,
} from '../workload/testing/shop';
import { createRegistries } from './createRegistries';
import { createTryOut } from './createTryOut';

const assets = process.env.KUBEBUILDER_ASSETS;
const describeReal = assets ? describe : describe.skip;

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const SHOP_RBAC = `${RBAC}/namespaces/shop`;
const SERVICE_ACCOUNTS = '/api/v1/namespaces/shop/serviceaccounts';
const WEBHOOKS = '/apis/admissionregistration.k8s.io';
const DOCUMENT = path.resolve(
  __dirname,
  '../../../../docs/kubernetes-rbac.yaml',
);

const [account, role, binding] = parseAllDocuments(
  readFileSync(DOCUMENT, 'utf8'),
).map(one => one.toJSON());

/** HTTPRoutes as far as this suite writes them; the real definition is not at hand. */
const ROUTES = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {
    name: 'httproutes.gateway.networking.k8s.io',
    annotations: { 'api-approved.kubernetes.io': 'unapproved' },
  },
  spec: {
    group: 'gateway.networking.k8s.io',
    scope: 'Namespaced',
    names: { kind: 'HTTPRoute', plural: 'httproutes' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                'x-kubernetes-preserve-unknown-fields': true,
              },
            },
          },
        },
      },
    ],
  },
};

describeReal(
  `rights and admission of a real kube-apiserver (${
    assets ?? 'skipped: KUBEBUILDER_ASSETS names no folder with its binaries'
  })`,
  () => {
    jest.setTimeout(60_000);
    let server: KubeApiServer;
    let admin: Cluster;
    let cluster: Cluster;
    let rollout: RolloutState;
    const registries = createRegistries();
    const tryOut = createTryOut(registries, systemClock);

    /** What the administrator sends; `Cluster` knows objects of namespaces alone. */
    function send(method: string, to: string, body?: unknown): Promise<any> {
      return new Promise((resolve, reject) => {
        const request = https.request(
          new URL(to, server.url),
          {
            method,
            ca: readFileSync(server.caFile),
            agent: false,
            headers: {
              authorization: `Bearer ${server.token}`,
              'content-type': 'application/json',
            },
          },
          async response => {
            let text = '';
            for await (const chunk of response) text += chunk;
            if (response.statusCode! < 300) resolve(JSON.parse(text));
            else reject(new Error(text));
          },
        );
        request.on('error', reject);
        request.end(body === undefined ? undefined : JSON.stringify(body));
      });
    }

    const connectAs = (token: string) =>
      connectCluster(
        'eu',
        { type: 'url', url: server.url, token, caFile: server.caFile },
        systemClock,
      );

    /** The Role of the documents, but for what the test takes from it. */
    const give = (
      without: (resource: string, verb: string) => boolean = () => false,
    ) =>
      send('PUT', `${SHOP_RBAC}/roles/${role.metadata.name}`, {
        ...role,
        rules: role.rules.flatMap((rule: any) =>
          rule.resources.map((resource: string) => ({
            ...rule,
            resources: [resource],
            verbs: rule.verbs.filter(
              (verb: string) => !without(resource, verb),
            ),
          })),
        ),
      });

    const bare = ({ status: _, ...object }: KubernetesObject) => {
      const { uid: __, resourceVersion: ___, ...metadata } = object.metadata;
      return { ...object, metadata: { ...metadata, generation: undefined } };
    };

    const versions = async () =>
      Promise.all(
        (
          [
            ['apps/v1', 'Deployment'],
            ['v1', 'Service'],
            ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
            ['autoscaling/v1', 'HorizontalPodAutoscaler'],
          ] as const
        ).map(async ([apiVersion, kind]) => {
          const of = { apiVersion, kind, namespace: 'shop' };
          return (await admin.list(of)).map(({ metadata }) => [
            metadata.name,
            metadata.resourceVersion,
          ]);
        }),
      );

    beforeAll(async () => {
      server = await startKubeApiServer(assets!);
      admin = connectAs(server.token);
      await send(
        'POST',
        '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
        ROUTES,
      );
      await send('POST', `${SHOP_RBAC}/roles`, role);
      await send('POST', `${SHOP_RBAC}/rolebindings`, binding);
      await send('POST', SERVICE_ACCOUNTS, account);
      const { status } = await send(
        'POST',
        `${SERVICE_ACCOUNTS}/${account.metadata.name}/token`,
        { spec: {} },
      );
      cluster = connectAs(status.token);
      const stable = await admin.create(
        bare(
          checkoutDeployment(
            {},
            { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
          ),
        ),
      );
      await admin.create(bare(checkoutService()));
      await admin.create(bare(checkoutHpa()));
      const route = bare(
        routeOf([{ backendRefs: [{ name: 'checkout', port: 80 }] }]),
      );
      await eventually(() => admin.create(route));
      rollout = checkoutRollout(
        { canary: 'absent', replicas: 0 },
        {
          strategy: 'canary',
          phase: 'Pending',
          holds: [],
          plan: {
            acceptCapacityRisk: false,
            steps: [{ kind: 'setWeight', title: '', params: { weight: 20 } }],
            traffic: {
              router: 'gateway-api',
              params: { route: { name: 'checkout', kind: 'HTTPRoute' } },
            },
          } as any,
          verified: { exposure: { weight: 0, headerRoutes: [] }, since: 0 },
        },
      );
      rollout = {
        ...rollout,
        startSnapshot: {
          ...rollout.startSnapshot,
          uid: stable.metadata.uid!,
        },
        traffic: await resolveTraffic({
          cluster: admin,
          router: registries.routers.get('gateway-api'),
          steps: registries.steps,
          rollout,
          podLabels: { app: 'checkout', tier: 'web' },
        }),
      };
    }, 120_000);

    afterAll(() => server?.stop());

    /** Rights take a moment to reach whoever decides over them. */
    const eventuallyTried = async (
      isWanted: (tried: Awaited<ReturnType<typeof tryOut>>) => boolean,
    ) => {
      let tried = await tryOut(cluster, rollout);
      const giveUpAt = Date.now() + 20_000;
      while (!isWanted(tried) && Date.now() < giveUpAt) {
        await new Promise(resolve => setTimeout(resolve, 100));
        tried = await tryOut(cluster, rollout);
      }
      return tried;
    };

    it('takes a whole rollout with the Role of the documents, and keeps nothing of it', async () => {
      const before = await versions();
      const tried = await eventuallyTried(
        ({ refusals }) => refusals.length === 0,
      );
      expect(tried).toEqual({ refusals: [], warnings: [] });
      expect(await versions()).toEqual(before);
    });

    it.each([
      ['deployments', 'patch', 'deployments.apps'],
      ['services', 'create', 'services'],
      ['httproutes', 'patch', 'httproutes.gateway.networking.k8s.io'],
    ])(
      'refuses without the right on %s to %s',
      async (resource, verb, named) => {
        await give((of, to) => of === resource && to === verb);
        const { refusals } = await eventuallyTried(
          tried => tried.refusals.length > 0,
        );
        expect(refusals).toEqual([
          `the portal may not ${verb} ${named} in namespace shop; let its service account in cluster eu do so, docs/kubernetes-rbac.yaml has a Role with everything`,
        ]);
        await give();
        await eventuallyTried(tried => tried.refusals.length === 0);
      },
    );

    describe('with an admission webhook', () => {
      let webhook: https.Server;
      const asked: any[] = [];

      beforeAll(async () => {
        webhook = https.createServer(
          {
            cert: readFileSync(server.caFile),
            // The server trusts its own certificate, of this address.
            key: readFileSync(server.caFile.replace(/crt$/, 'key')),
          },
          async (request, response) => {
            let text = '';
            for await (const chunk of request) text += chunk;
            const { apiVersion, kind, request: review } = JSON.parse(text);
            asked.push(review);
            const { labels = {} } = review.object.metadata;
            const allowed = 'app.kubernetes.io/managed-by' in labels;
            const status = { code: 403, message: 'say who manages it' };
            const { uid } = review;
            response.setHeader('content-type', 'application/json');
            response.end(
              JSON.stringify({
                apiVersion,
                kind,
                response: { uid, allowed, status },
              }),
            );
          },
        );
        await new Promise<void>(resolve => {
          webhook.listen(0, '127.0.0.1', resolve);
        });
      });

      afterAll(async () => {
        webhook.closeAllConnections();
        await new Promise(resolve => {
          webhook.close(resolve);
        });
      });

      const install = (version: string, sideEffects: string) =>
        send('POST', `${WEBHOOKS}/${version}/validatingwebhookconfigurations`, {
          metadata: { name: 'owners' },
          webhooks: [
            {
              name: 'owners.shop.example',
              admissionReviewVersions: ['v1'],
              sideEffects,
              clientConfig: {
                url: `https://127.0.0.1:${
                  (webhook.address() as AddressInfo).port
                }`,
                caBundle: readFileSync(server.caFile).toString('base64'),
              },
              rules: [
                {
                  operations: ['CREATE', 'UPDATE'],
                  apiGroups: ['apps'],
                  apiVersions: ['v1'],
                  resources: ['deployments'],
                },
              ],
            },
          ],
        });
      afterEach(() =>
        send('DELETE', `${WEBHOOKS}/v1/validatingwebhookconfigurations/owners`),
      );

      it('says its own words, to a dry run', async () => {
        const before = await versions();
        await install('v1', 'None');
        const { refusals } = await eventuallyTried(
          tried => tried.refusals.length > 0,
        );
        expect(refusals).toEqual([
          'Cluster "eu" refused to create Deployment shop/checkout-canary in a dry run with status 403: admission webhook "owners.shop.example" denied the request: say who manages it',
        ]);
        expect(asked.map(({ dryRun }) => dryRun)).not.toContain(false);
        expect(await versions()).toEqual(before);
      });

      it('that acts beyond the cluster is not tried, and refuses nothing', async () => {
        // Later versions take no such webhook any more.
        await install('v1beta1', 'Some');
        const { refusals, warnings } = await eventuallyTried(
          tried => tried.warnings.length > 0,
        );
        expect(refusals).toEqual([]);
        expect(warnings).toEqual([
          'Not tried before the start: whether the cluster takes create Deployment shop/checkout-canary, patch Deployment shop/checkout (admission webhook "owners.shop.example" does not support dry run).',
        ]);
      });
    });
  },
);

/** Tries until it succeeds; at most ten seconds. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
