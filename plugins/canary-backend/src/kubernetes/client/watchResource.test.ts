import { KubernetesObject } from 'backstage-plugin-canary-node';
import { KubeConfig } from '@kubernetes/client-node';
import http from 'node:http';
import { systemClock } from '../../clock/systemClock';
import { ApiConnection } from './ApiConnection';
import { serveApi } from '../testing/serveApi';
import { watchResource } from './watchResource';

const PATH = '/apis/apps/v1/namespaces/shop/deployments';

const event = (type: string, version: string, name = version) =>
  `${JSON.stringify({
    type,
    object: { metadata: { name, resourceVersion: version } },
  })}\n`;

describe('watchResource', () => {
  let abort: AbortController;
  let server: Awaited<ReturnType<typeof serveApi>>;

  beforeEach(() => {
    abort = new AbortController();
  });

  afterEach(async () => {
    abort.abort();
    await server.close();
  });

  /** Runs a watch whose streams are answered one after the other; the last one ends it. */
  async function run(
    streams: readonly ((response: http.ServerResponse) => void)[],
  ) {
    let opened = 0;
    server = await serveApi(({ query }, response) => {
      if (!query.watch) return { metadata: { resourceVersion: '10' } };
      const stream = streams[opened];
      opened += 1;
      if (stream) stream(response);
      else abort.abort();
      return undefined;
    });
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      { name: 'cluster', server: server.url, skipTLSVerify: true },
      { name: 'user' },
    );
    const names: string[] = [];
    const sleeps: number[] = [];
    await watchResource({
      connection: new ApiConnection('blue', kubeConfig, systemClock),
      collection: async () => PATH,
      labelSelector: 'app=checkout',
      onChange: (object: KubernetesObject) => names.push(object.metadata.name),
      signal: abort.signal,
      clock: {
        sleep: async ms => {
          sleeps.push(ms);
        },
      },
    });
    const watches = server.seen.filter(({ query }) => query.watch);
    return {
      names,
      sleeps,
      versions: watches.map(({ query }) => query.resourceVersion),
      watches,
    };
  }

  it('starts at the present and goes on where a stream ended', async () => {
    const { names, versions, watches } = await run([
      response => response.end(event('ADDED', '11') + event('MODIFIED', '12')),
      response => response.end(event('DELETED', '13')),
    ]);
    expect(names).toEqual(['11', '12', '13']);
    expect(versions).toEqual(['10', '12', '13']);
    expect(watches[0]).toMatchObject({
      path: PATH,
      query: { labelSelector: 'app=checkout' },
    });
  });

  it('puts together what the network cut', async () => {
    const { names } = await run([
      response => {
        const text = event('ADDED', '11');
        response.write(text.slice(0, 20));
        setImmediate(() => response.end(text.slice(20)));
      },
    ]);
    expect(names).toEqual(['11']);
  });

  it('takes the version of a bookmark, and calls nobody for it', async () => {
    const { names, versions } = await run([
      response => response.end(event('BOOKMARK', '40')),
    ]);
    expect(names).toEqual([]);
    expect(versions).toEqual(['10', '40']);
  });

  it('starts at the present again when its version is too old', async () => {
    const { names, versions } = await run([
      response => response.end(event('ADDED', '11') + event('ERROR', '12')),
    ]);
    expect(names).toEqual(['11']);
    expect(versions).toEqual(['10', '10']);
  });

  it('backs off while the cluster refuses, and recovers', async () => {
    const refuse = (response: http.ServerResponse) =>
      response.writeHead(500).end();
    const { names, sleeps } = await run([
      refuse,
      refuse,
      refuse,
      response => response.end(event('ADDED', '11')),
    ]);
    expect(names).toEqual(['11']);
    expect(sleeps.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 1_000]);
  });

  it('survives a connection that breaks in the middle', async () => {
    const { names } = await run([
      response => {
        response.write(event('ADDED', '11'));
        setImmediate(() => response.destroy());
      },
      response => response.end(event('MODIFIED', '12')),
    ]);
    expect(names).toEqual(['11', '12']);
  });

  it('does not keep a line that never ends', async () => {
    const { sleeps } = await run([
      response => {
        response.write('x'.repeat(5 * 1024 * 1024));
      },
    ]);
    expect(sleeps[0]).toBe(1_000);
  });
});
