import {
  FacetCount,
  Figures,
  FiguresQuery,
  isEnded,
  PHASES,
  Rollout,
  Verdict,
  WeekFigures,
} from 'backstage-plugin-canary-common';
import {
  FakeCanaryApi,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../src/__testUtils__';

const HOUR_MS = 3_600_000;
const WEEK_MS = 168 * HOUR_MS;

const SERVICES = [
  ['checkout', 'checkout-team', 'storefront'],
  ['payments', 'payments-team', 'billing'],
  ['recommendations-for-returning-customers', 'growth', 'storefront'],
  ['invoices', 'payments-team', 'billing'],
  ['search', 'discovery', 'storefront'],
] as const;

const PEOPLE = ['jane.doe', 'guest', 'mira.lindqvist', 'tom.okafor'];

/** As many ended rollouts as asked for, every three hours, and some that run. */
export function portalRollouts(count: number): Rollout[] {
  const now = Date.now();
  const at = (ms: number) => new Date(ms).toISOString();
  const running = [
    pausedFixture({ needsAttention: true }),
    rolloutFixture(),
    rolloutFixture({ phase: 'Promoting', weight: weight(100) }),
    rolloutFixture({ phase: 'RollingBack', needsAttention: true }),
    rolloutFixture({ phase: 'Initializing', weight: weight(0) }),
  ].map((rollout, n) => ({
    ...rollout,
    ...placed(n),
    id: `running-${n}`,
    startedAt: at(now - (n + 1) * 240_000),
  }));
  const ended = Array.from({ length: count }, (_, n) => {
    const startedAt = now - (n + 1) * 3 * HOUR_MS;
    const bad = n % 9 === 3;
    const make = bad ? rolledBackFixture : succeededFixture;
    const version = count - n;
    const verdict: Verdict = bad ? 'Fail' : 'Pass';
    return make({
      ...placed(n * 7),
      id: `past-${n}`,
      images: {
        stable: { app: `shop/checkout:v${version}` },
        canary: { app: `shop/checkout:v${version + 1}` },
      },
      worstMetric:
        n % 5 === 4
          ? undefined
          : {
              metric: n % 2 ? 'error-rate' : 'latency',
              scope: 'background',
              verdict: !bad && n % 4 === 0 ? 'Inconclusive' : verdict,
              rule: bad
                ? 'canary 7.3 % is more than 1 % of 3,412 requests'
                : 'canary 0.4 % is at most 1 %',
              at: at(startedAt),
            },
      startedBy: n % 6 === 5 ? 'service:ci' : startedBy(n),
      startedAt: at(startedAt),
      finishedAt: at(startedAt + 480_000 + (n % 13) * 90_000),
      retryOf: n === 3 ? 'past-4' : undefined,
    });
  });
  return [...running, ...ended];
}

/** The API of a portal with that many rollouts behind it; counts for itself. */
export class PortalApi extends FakeCanaryApi {
  constructor(count: number) {
    super({ rollouts: portalRollouts(count) });
  }

  async getFigures(query: FiguresQuery = {}): Promise<Figures> {
    return figuresOf(this.rollouts, query);
  }
}

function placed(n: number) {
  const [name, team, system] = SERVICES[n % SERVICES.length];
  return {
    entityRef: `component:default/${name}`,
    owner: `group:default/${team}`,
    system: `system:default/${system}`,
    cluster: n % 4 === 1 ? 'eu-west-1-production' : 'sandbox',
  };
}

function startedBy(n: number): string {
  return `user:default/${PEOPLE[n % PEOPLE.length]}`;
}

function weight(share: number): Rollout['weight'] {
  return { desired: share, observed: share, verified: true };
}

function figuresOf(all: readonly Rollout[], query: FiguresQuery): Figures {
  const passes = (rollout: Rollout, without?: keyof FiguresQuery) =>
    (without === 'owner' ||
      !query.owner?.length ||
      query.owner.includes(rollout.owner ?? '')) &&
    (without === 'system' ||
      !query.system ||
      query.system === rollout.system) &&
    (without === 'cluster' ||
      !query.cluster ||
      query.cluster === rollout.cluster);
  const counts = (
    field: 'owner' | 'system' | 'cluster',
  ): readonly FacetCount[] => {
    const found = new Map<string, number>();
    for (const rollout of all.filter(each => passes(each, field))) {
      const value = rollout[field];
      if (value) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return [...found].map(([value, count]) => ({ value, count }));
  };
  const selected = all.filter(rollout => passes(rollout));
  const monday = Date.now() - ((Date.now() - 4 * 24 * HOUR_MS) % WEEK_MS);
  const weeks = Array.from({ length: 12 }, (_, n): WeekFigures => {
    const from = monday - (11 - n) * WEEK_MS;
    const ended = selected.filter(({ finishedAt = '' }) => {
      const at = Date.parse(finishedAt);
      return at >= from && at < from + WEEK_MS;
    });
    return { from: new Date(from).toISOString(), ...delivery(ended) };
  });
  const since = Date.parse(weeks[0].from);
  return {
    phases: Object.fromEntries(
      PHASES.map(phase => [
        phase,
        selected.filter(rollout => rollout.phase === phase).length,
      ]),
    ) as Figures['phases'],
    attention: selected.filter(rollout => rollout.needsAttention).length,
    owners: counts('owner'),
    systems: counts('system'),
    clusters: counts('cluster'),
    total: delivery(
      selected.filter(
        ({ phase, finishedAt = '' }) =>
          isEnded(phase) && Date.parse(finishedAt) >= since,
      ),
    ),
    weeks,
    truncated: selected.length > 9000,
  };
}

function delivery(ended: readonly Rollout[]) {
  const back = ended.filter(({ phase }) => phase === 'RolledBack');
  const promoted = ended.filter(({ phase }) => phase === 'Succeeded');
  return {
    rollouts: ended.length,
    rolledBack: back.length,
    medianPromoteMs: median(promoted.map(tookMs)),
    medianRestoreMs: median(back.map(rollout => tookMs(rollout) % 4000)),
  };
}

function tookMs({ startedAt, finishedAt = '' }: Rollout): number {
  return Date.parse(finishedAt) - Date.parse(startedAt);
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
