import { mockServices } from '@backstage/backend-test-utils';
// eslint-disable-next-line @backstage/no-forbidden-package-imports, @backstage/no-mixed-plugin-imports -- the plugin's own client is one half of what is tested
import { systemClock } from 'backstage-plugin-canary-backend/src/clock/systemClock';
// eslint-disable-next-line @backstage/no-forbidden-package-imports, @backstage/no-mixed-plugin-imports -- as above
import { readClusters } from 'backstage-plugin-canary-backend/src/kubernetes';
import {
  KubeApiServer,
  startKubeApiServer,
  testCluster,
} from 'backstage-plugin-canary-node/testUtils';
import { Sandbox, startSandbox } from 'sandbox';

jest.setTimeout(60_000);

async function connect(access: Record<string, unknown>) {
  const [cluster] = await readClusters(
    mockServices.rootConfig({
      data: { canary: { clusters: [{ name: 'contract', ...access }] } },
    }),
    { logger: mockServices.logger.mock(), clock: systemClock },
  ).clusters();
  return cluster;
}

describe('the sandbox', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      token: 'contract',
      // As the real server below: a controller's own writes would come between.
      controllers: false,
      load: { requestsPerSecond: 0 },
    });
  });

  afterAll(() => sandbox?.stop());

  testCluster('is a Kubernetes API to the controller', {
    connect: async () => ({
      namespace: 'default',
      cluster: await connect({ url: sandbox.kubernetesUrl, token: 'contract' }),
    }),
  });
});

const assets = process.env.KUBEBUILDER_ASSETS;
const describeReal = assets ? describe : describe.skip;

describeReal(
  `a real kube-apiserver (${
    assets ?? 'skipped: KUBEBUILDER_ASSETS names no folder with its binaries'
  })`,
  () => {
    let server: KubeApiServer;

    beforeAll(async () => {
      server = await startKubeApiServer(assets!);
    }, 90_000);

    afterAll(() => server?.stop());

    testCluster('is a Kubernetes API to the controller', {
      connect: async () => ({
        namespace: 'default',
        cluster: await connect({
          url: server.url,
          token: server.token,
          caFile: server.caFile,
        }),
      }),
    });
  },
);
