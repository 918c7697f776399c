import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { Portal } from './__testUtils__/Portal';

/**
 * What somebody copies out of a README has to start. An example is all of
 * `canary`, or entries of `canary.metrics`; what is of other plugins is theirs.
 */
const examples = ['README.md', 'plugins/canary-backend/README.md'].flatMap(
  file => examplesOf(file),
);

function examplesOf(file: string): { where: string; canary: JsonObject }[] {
  const text = readFileSync(resolve(__dirname, '../..', file), 'utf8');
  return [...text.matchAll(/^( *)```yaml\n([^]*?)^\1```/gm)].flatMap(found => {
    const [, indent, block] = found;
    const raw = parse(block.replace(new RegExp(`^${indent}`, 'gm'), ''));
    const line = text.slice(0, found.index).split('\n').length;
    const canary = canaryOf(raw);
    return canary ? [{ where: `${file}:${line}`, canary }] : [];
  });
}

function canaryOf(raw: Record<string, any>): JsonObject | undefined {
  if (raw.canary) return raw.canary;
  const areMetrics = Object.values(raw).every(entry => entry.source);
  return areMetrics
    ? {
        metricSources: {
          prometheus: { kind: 'prometheus', url: 'http://127.0.0.1:9' },
        },
        metrics: raw as JsonObject,
      }
    : undefined;
}

// A whole backend starts for each; the first one loads it.
jest.setTimeout(60_000);

describe('the examples of the READMEs', () => {
  it('are found', () => {
    expect(examples.length).toBeGreaterThan(4);
  });

  it.each(examples)('$where is a configuration', async ({ canary }) => {
    const metrics = Object.keys(Object(canary.metrics));
    const plans = Object.keys(Object(canary.plans));
    // Every metric of the example is used, or only its own entry was read.
    const analysis = { metrics, interval: '1m', from: 5 };
    const portal = await Portal.open({
      entities: [],
      canary: {
        ...canary,
        plans: {
          ...Object(canary.plans),
          all: {
            traffic: { router: 'gateway-api', route: { name: 'shop' } },
            steps: [{ setWeight: 5 }, { pause: { duration: '10m' } }],
            analysis,
          },
        },
      },
    });
    const { status, body } = await portal.get('/plans');
    await portal.stop();

    expect(status).toBe(200);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual([
      ...plans,
      'all',
    ]);
  });
});
