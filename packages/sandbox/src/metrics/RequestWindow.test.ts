import { ManualClock } from '../clock';
import { RequestWindow } from './RequestWindow';

function setUp() {
  const clock = new ManualClock();
  const requests = new RequestWindow(clock);
  const add = (pod: string, latencyMs = 5, code = 200) =>
    requests.add({
      namespace: 'shop',
      service: 'checkout',
      version: 'v1',
      pod,
      code,
      latencyMs,
    });
  const stats = (windowMs: number, pods?: string[], namespace = 'shop') =>
    requests.stats({
      namespace,
      windowMs,
      matchPods: names => pods ?? names,
    });
  return { clock, requests, add, stats };
}

describe('RequestWindow', () => {
  it('has null for everything that nothing can be said about', () => {
    expect(setUp().stats(10_000)).toEqual({
      requests: 0,
      errors: 0,
      errorRate: null,
      latencyMs: { p50: null, p95: null, p99: null },
      latencyMsBuckets: expect.objectContaining({ '1': 0, '+Inf': 0 }),
    });
  });

  it('counts errors in percent and ranks latencies', () => {
    const { add, stats } = setUp();
    for (let i = 1; i <= 100; i++) add('a', i, i <= 5 ? 500 : 200);
    expect(stats(10_000)).toMatchObject({
      requests: 100,
      errors: 5,
      errorRate: 5,
      latencyMs: { p50: 50, p95: 95, p99: 99 },
      latencyMsBuckets: { '7.5': 7, '10': 10, '75': 75, '+Inf': 100 },
    });
  });

  it('does not take a 404 for an error of the service', () => {
    const { add, stats } = setUp();
    add('a', 1, 404);
    expect(stats(10_000).errors).toBe(0);
  });

  it('tells pods and namespaces apart', () => {
    const { add, stats } = setUp();
    add('a');
    add('b');
    expect(stats(10_000, ['a']).requests).toBe(1);
    expect(stats(10_000, undefined, 'other').requests).toBe(0);
  });

  it('leaves out every request from before the window', () => {
    const { clock, add, stats } = setUp();
    clock.advance(500);
    add('a');
    clock.advance(1000);
    add('a');
    clock.advance(1000);
    // The window begins at 1.5 s, inside of the second of the later request.
    expect(stats(1000).requests).toBe(0);
    expect(stats(1500).requests).toBe(1);
    expect(stats(2500).requests).toBe(2);
  });

  it('forgets what is older than ten minutes', () => {
    const { clock, add, stats } = setUp();
    add('a');
    clock.advance(601_000);
    add('a');
    expect(stats(3_600_000).requests).toBe(1);
  });
});
