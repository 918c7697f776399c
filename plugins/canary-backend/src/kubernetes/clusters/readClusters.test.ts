import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../clock/systemClock';
import { readClusters } from './readClusters';
import { sendJson, serveApi } from '../testing/serveApi';

const logger = mockServices.logger.mock();
const names = async (data: JsonObject) => {
  const config = mockServices.rootConfig({ data });
  const clusters = await readClusters(config, {
    logger,
    clock: systemClock,
  }).clusters();
  return clusters.map(({ name }) => name);
};
const url = 'https://10.0.0.1:6443';

describe('readClusters', () => {
  beforeEach(() => jest.clearAllMocks());

  it('has none where nothing is configured', async () => {
    expect(await names({})).toEqual([]);
  });

  it('prefers our own clusters to those of the Kubernetes plugin', async () => {
    expect(
      await names({
        canary: { clusters: [{ name: 'ours', url, token: 't' }] },
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'config', clusters: [{ name: 'theirs', url }] },
          ],
        },
      }),
    ).toEqual(['ours']);
  });

  it('takes clusters with a ServiceAccount from the Kubernetes plugin, and says which not', async () => {
    expect(
      await names({
        kubernetes: {
          clusterLocatorMethods: [
            { type: 'catalog' },
            {
              type: 'config',
              clusters: [
                {
                  name: 'plain',
                  url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: 't',
                },
                { name: 'personal', url, authProvider: 'google' },
                {
                  name: 'metadata',
                  url,
                  authMetadata: {
                    'kubernetes.io/auth-provider': 'serviceAccount',
                  },
                },
              ],
            },
          ],
        },
      }),
    ).toEqual(['plain', 'metadata']);
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledWith(
      'Cluster "personal" of the Kubernetes plugin authenticates by "google", which a controller without a signed-in person cannot use; name the cluster in canary.clusters with credentials of its own',
    );
  });

  it.each([
    [
      'an entry that says in no way how to reach it',
      [{ name: 'a' }],
      'canary.clusters: "a" needs exactly one of kubeconfig, inCluster: true and url',
    ],
    [
      'an entry that says it in two ways',
      [{ name: 'a', url, inCluster: true }],
      'needs exactly one of',
    ],
    [
      'two clusters of a name',
      [
        { name: 'a', url },
        { name: 'a', url },
      ],
      'Two clusters are named "a"',
    ],
    [
      'an address that is none',
      [{ name: 'a', url: 'file:///etc/passwd' }],
      'Cluster "a": its address must start with https:// or http://',
    ],
    [
      'a kubeconfig that is not there',
      [{ name: 'a', kubeconfig: { path: '/nowhere/config' } }],
      'Cluster "a": its kubeconfig cannot be loaded (ENOENT)',
    ],
  ])('disables %s, and no other', async (_, clusters, message) => {
    const other = { name: 'other', url };
    const found = await names({ canary: { clusters: [...clusters, other] } });
    expect(found).toEqual(
      message.startsWith('Two') ? ['a', 'other'] : ['other'],
    );
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining(message));
  });

  it('follows a changed configuration, and keeps what it had where that is wrong', async () => {
    let data: JsonObject = { canary: { clusters: [{ name: 'a', url }] } };
    const config = new Proxy(mockServices.rootConfig(), {
      get: (_, key) => {
        const now = mockServices.rootConfig({ data });
        const value = now[key as keyof typeof now];
        return typeof value === 'function' ? value.bind(now) : value;
      },
    });
    const supplier = readClusters(config, { logger, clock: systemClock });
    const [before] = await supplier.clusters();
    expect((await supplier.clusters())[0]).toBe(before);

    data = {
      canary: {
        clusters: [
          { name: 'a', url },
          { name: 'b', url },
        ],
      },
    };
    expect(await supplier.clusters()).toHaveLength(2);

    data = { canary: { clusters: [{ name: 'a' }] } };
    expect((await supplier.clusters()).map(({ name }) => name)).toEqual(['a']);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('Cluster a of canary.clusters stays as it was'),
    );
  });

  describe('with a cluster to reach', () => {
    let folder: string;
    let server: Awaited<ReturnType<typeof serveApi>>;

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'clusters-'));
      server = await serveApi((_, response) =>
        sendJson(response, 200, { gitVersion: 'v1' }),
      );
    });

    afterAll(async () => {
      await server.close();
      await rm(folder, { recursive: true });
    });

    async function authorizationOf(entry: JsonObject) {
      const data = { canary: { clusters: [{ name: 'a', ...entry }] } };
      const config = mockServices.rootConfig({ data });
      const [cluster] = await readClusters(config, {
        logger,
        clock: systemClock,
      }).clusters();
      await cluster.ping();
      return server.seen.at(-1)?.headers.authorization;
    }

    it('reads a token from its file, whatever white space follows it', async () => {
      const tokenFile = path.join(folder, 'token');
      await writeFile(tokenFile, 'from-file\n');
      expect(await authorizationOf({ url: server.url, tokenFile })).toBe(
        'Bearer from-file',
      );
    });

    it('needs no credentials where the cluster asks for none', async () => {
      expect(await authorizationOf({ url: server.url })).toBeUndefined();
    });

    it('reads the named context of a kubeconfig', async () => {
      const file = path.join(folder, 'config');
      await writeFile(
        file,
        `{ "apiVersion": "v1", "kind": "Config", "current-context": "other",
           "clusters": [{ "name": "c", "cluster": { "server": "${server.url}" } }],
           "users": [{ "name": "u", "user": { "token": "from-kubeconfig" } }],
           "contexts": [
             { "name": "blue", "context": { "cluster": "c", "user": "u" } },
             { "name": "other", "context": { "cluster": "gone", "user": "u" } }] }`,
      );
      expect(
        await authorizationOf({ kubeconfig: { path: file, context: 'blue' } }),
      ).toBe('Bearer from-kubeconfig');
      await expect(
        authorizationOf({ kubeconfig: { path: file } }),
      ).rejects.toThrow();
      expect(logger.error).toHaveBeenLastCalledWith(
        expect.stringContaining(
          'context "other" does not name a cluster and a user',
        ),
      );
    });
  });
});
