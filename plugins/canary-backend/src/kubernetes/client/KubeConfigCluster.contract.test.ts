import {
  KubeApiServer,
  startKubeApiServer,
  testCluster,
} from 'backstage-plugin-canary-node/testUtils';
import { systemClock } from '../../clock/systemClock';
import { connectCluster } from './connectCluster';

const assets = process.env.KUBEBUILDER_ASSETS;

// The sandbox runs the same suite wherever no real API server is at hand.
if (assets) {
  jest.setTimeout(30_000);
  let server: KubeApiServer;

  beforeAll(async () => {
    server = await startKubeApiServer(assets);
  }, 90_000);

  afterAll(() => server?.stop());

  testCluster('KubeConfigCluster before a real kube-apiserver', {
    connect: async () => ({
      namespace: 'default',
      cluster: connectCluster(
        'real',
        {
          type: 'url',
          url: server.url,
          token: server.token,
          caFile: server.caFile,
        },
        systemClock,
      ),
    }),
  });
} else {
  it('is an optional suite, which KUBEBUILDER_ASSETS turns on', () => {
    expect(assets).toBeFalsy();
  });
}
