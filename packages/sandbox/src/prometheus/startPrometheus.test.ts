import { Sandbox } from '../SandboxOptions';
import { startSandbox } from '../startSandbox';
import { SandboxClient } from '../testing/SandboxClient';
import { findBinary } from './findBinary';

jest.setTimeout(60_000);

describe('findBinary', () => {
  it('finds a program on the PATH it is given, and nothing elsewhere', () => {
    expect(findBinary('sh', '/nowhere:/bin')).toBe('/bin/sh');
    expect(findBinary('sh', '/nowhere')).toBeUndefined();
    expect(findBinary('sh', '')).toBeUndefined();
  });
});

const describeWithBinary = findBinary('prometheus') ? describe : describe.skip;

describeWithBinary('Prometheus (skipped where it is not on the PATH)', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      prometheus: true,
      timings: { startMs: 10, readyMs: 50, drainMs: 100 },
      load: { requestsPerSecond: 50 },
    });
  });

  afterAll(() => sandbox?.stop());

  it('counts requests, can be made to fail, and comes back', async () => {
    const client = new SandboxClient(sandbox);
    const query = `${
      sandbox.prometheusUrl
    }/api/v1/query?query=${encodeURIComponent(
      'sum(http_requests_total{namespace="shop",service="checkout",version="v1",code="200"})',
    )}`;
    await client.until(
      async () => (await fetch(query)).json(),
      ({ data }) => Number(data.result[0]?.value[1]) > 0,
    );
    await client.post('metrics', { available: false });
    await expect(fetch(query)).rejects.toThrow();
    await client.post('metrics', { available: true });
    expect((await fetch(query)).status).toBe(200);
  });
});
