import { InputError, NotAllowedError } from '@backstage/errors';
import { CanaryApi, Figures, Rollout } from 'backstage-plugin-canary-common';
import { importFixture } from '../src/__testUtils__';
import { PortalApi } from './portal';

/** A portal in which nothing of this API answers as it should. */
function failing(fail: () => Promise<never>): CanaryApi {
  const api = new PortalApi(0);
  api.listRollouts = fail;
  api.getFigures = fail;
  api.getRollout = fail;
  return api;
}

/** Only the ended rollouts of a portal, and those of the dev page's entity. */
function changed(
  count: number,
  change: (rollouts: Rollout[]) => Rollout[],
): CanaryApi {
  const api = new PortalApi(count);
  api.rollouts = change(api.rollouts);
  return api;
}

const words = '<img src=x onerror=alert(1)> {{name}} $t(title) ‮evil';

/** Scenarios for `/canary`, `/canary/rollouts/:id` and the cards. */
export const portalScenarios: Record<string, () => CanaryApi> = {
  portal: () => new PortalApi(300),
  portalTenThousand: () => new PortalApi(10_000),
  /** Whatever is pasted into the import, the answer is long and hostile. */
  portalImport: () => {
    const api = new PortalApi(3);
    const long = 'spec.strategy.canary.trafficRouting.plugins'.repeat(3);
    const { yaml, notes } = importFixture();
    api.imported = importFixture({
      yaml: `${yaml}# ${words}\n${yaml}# ${long.repeat(3)}\n`,
      notes: [
        ...notes,
        { path: `${long}["${words}"]`, severity: 'lost', message: words },
        ...notes,
      ],
    });
    const convert = api.importPlan.bind(api);
    api.importPlan = async request => {
      if (request.text.includes('wrong')) {
        throw new InputError('spec.metrics: must be a list, and is a map');
      }
      return convert(request);
    };
    return api;
  },
  portalQuiet: () =>
    changed(40, all => all.filter(({ id }) => id.startsWith('past'))),
  portalEmpty: () => changed(0, () => []),
  portalBusy: () =>
    changed(30, all =>
      Array.from({ length: 40 }, (_, n) => ({
        ...all[n % 5],
        id: `busy-${n}`,
      })).concat(all.slice(5)),
    ),
  portalHostile: () =>
    changed(8, all =>
      all.map((rollout, n) => ({
        ...rollout,
        entityRef: n % 2 ? words : `component:default/${'x'.repeat(200)}`,
        owner: words,
        system: words,
        cluster: words.repeat(3),
        startedBy: words,
        reason: words,
        images: {
          stable: { app: `${words}:v1` },
          canary: { app: `${'y'.repeat(200)}:${words}` },
        },
        worstMetric: rollout.worstMetric && {
          ...rollout.worstMetric,
          metric: words,
          rule: words,
        },
        outcome: rollout.outcome && { ...rollout.outcome, message: words },
        holds: rollout.holds.map(hold => ({ ...hold, message: words })),
      })),
    ),
  portalOneEntity: () =>
    changed(10_000, all =>
      all.map(rollout => ({
        ...rollout,
        entityRef: 'component:default/checkout',
      })),
    ),
  portalError: () =>
    failing(async () => {
      throw new Error('Failed to fetch');
    }),
  portalForbidden: () =>
    failing(async () => {
      throw new NotAllowedError('Unauthorized');
    }),
  portalLoading: () => failing(() => new Promise<never>(() => {})),
  portalOddNumbers: () => {
    const api = new PortalApi(20);
    const figures = api.getFigures.bind(api);
    api.getFigures = async query => {
      const real = await figures(query);
      const odd: Figures['total'] = {
        rollouts: 3,
        rolledBack: 0,
        medianPromoteMs: Number.NaN,
        medianRestoreMs: Number.POSITIVE_INFINITY,
      };
      return { ...real, total: odd };
    };
    return api;
  },
};
