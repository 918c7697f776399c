import { ManualClock } from '../clock';
import { RequestMetrics } from './RequestMetrics';

describe('RequestMetrics', () => {
  const record = {
    namespace: 'shop',
    service: 'checkout',
    version: 'v1',
    code: 200,
    latencyMs: 6,
  };

  it('exposes a counter and a histogram per pod and version', async () => {
    const metrics = new RequestMetrics(new ManualClock());
    metrics.add({ ...record, pod: 'a' });
    metrics.add({ ...record, pod: 'a', code: 500 });
    const { text } = await metrics.exposition();
    const labels = 'namespace="shop",service="checkout",pod="a",version="v1"';
    expect(text).toContain(`http_requests_total{${labels},code="200"} 1`);
    expect(text).toContain(`http_requests_total{${labels},code="500"} 1`);
    expect(text).toContain(
      `http_request_duration_seconds_bucket{le="0.0075",${labels}} 2`,
    );
    expect(text).toContain(
      `http_request_duration_seconds_bucket{le="0.005",${labels}} 0`,
    );
  });

  it('drops the series of pods that are long gone', async () => {
    const clock = new ManualClock();
    const metrics = new RequestMetrics(clock);
    metrics.add({ ...record, pod: 'gone' });
    clock.advance(700_000);
    metrics.add({ ...record, pod: 'here' });
    const { text } = await metrics.exposition();
    expect(text).not.toContain('gone');
    expect(text).toContain('here');
  });
});
