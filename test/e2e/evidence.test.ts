import { Demo } from './Demo';

const entityRef = 'component:default/checkout';
const demo = new Demo({ portal: false });

beforeAll(() => demo.start(), 300_000);
afterAll(() => demo.stop(), 60_000);

const start = async (image: string, plan: string) =>
  (await demo.api()).startRollout({ entityRef, image, plan });

/** Traffic that swells and ebbs, and every forty seconds an incident of all versions. */
function weather() {
  let seconds = 0;
  const timer = setInterval(async () => {
    seconds += 2;
    const requestsPerSecond = Math.round(100 + 60 * Math.sin(seconds / 8));
    const isIncident = seconds % 40 >= 16 && seconds % 40 < 28;
    await demo.control('load', { requestsPerSecond }).catch(() => {});
    await demo
      .control('errors', { share: isIncident ? 0.04 : 0.004 })
      .catch(() => {});
  }, 2000);
  return () => clearInterval(timer);
}

describe('without a threshold', () => {
  it('takes back three times the errors of a healthy version, a few in a thousand', async () => {
    const { id } = await start('shop/checkout:v2-subtle', 'patient');
    const ended = await demo.untilPhase(id, 'RolledBack', 300_000);
    expect(ended.outcome?.reason).toBe('MetricFailed');
    expect(ended.outcome?.message).toMatch(/Metric errors failed .*Regression/);

    const api = await demo.api();
    const { items } = await api.listMeasurements(id, {
      metric: 'errors',
      limit: 200,
    });
    const evidence = items.flatMap(item => item.evidence ?? []);
    expect(evidence.map(({ conclusion }) => conclusion)).toContain(
      'regression',
    );
  }, 360_000);

  it('promotes a healthy version through tides and incidents that hit both', async () => {
    const calm = weather();
    try {
      const { id } = await start('shop/checkout:v2', 'demo');
      const ended = await demo.until(id, r => r.outcome !== undefined);
      expect(ended.outcome).toMatchObject({ result: 'Succeeded' });
    } finally {
      calm();
    }
  }, 240_000);
});
