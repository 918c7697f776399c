import { Plan, wantsFreshBaseline } from 'backstage-plugin-canary-common';
import { durationMs } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { checkDeadline } from './checkDeadline';
import { checkReach } from './checkReach';
import { nameSchema } from './names';
import { parseAnalysis } from './parseAnalysis';
import { parseSteps } from './parseSteps';
import { parseTraffic } from './parseTraffic';
import { Problems } from './Problems';
import { PlanRegistries } from './registries';
import { withBaseline } from './withBaseline';

/** As long as Argo Rollouts' progress deadline, which people know. */
const DEFAULT_DEADLINE_MS = 600_000;
const DEFAULT_HOLD_MS = 300_000;

/** `minReplicas` is for surviving the loss of a node; a larger canary has `setReplicas`. */
const MOST_PODS = 10;

const work = durationMs.refine(ms => ms >= 1_000, 'must be at least 1s');

/** The keys that need no registry. */
const rest = z.strictObject({
  title: z.string().min(1).max(200).optional(),
  description: z.string().max(2000).optional(),
  deadline: work.default(DEFAULT_DEADLINE_MS),
  onNoData: z
    .strictObject({
      hold: work.default(DEFAULT_HOLD_MS),
      then: z
        .enum(['rollback', 'pause'], 'must be rollback or pause')
        .default('rollback'),
    })
    .default({ hold: DEFAULT_HOLD_MS, then: 'rollback' }),
  acceptCapacityRisk: z.boolean().default(false),
  canary: z
    .strictObject({
      minReplicas: z
        .int('must be a whole number of pods')
        .min(1, 'must be at least 1')
        .max(MOST_PODS, `must be at most ${MOST_PODS}`)
        .default(1),
      spread: z.boolean().default(false),
    })
    .optional(),
  observeOnly: z.boolean().default(false),
});

/**
 * Reads a plan as an administrator or a service team wrote it. Durations become
 * milliseconds, defaults are filled in, and the definition of every metric that
 * it names is copied in, so that the result needs nothing else ever after.
 *
 * @param source - `app-config` or the location of a `canary.yaml`
 * @param raw - JSON of any shape; hostile when it comes from a repository
 * @throws InputError with every problem: field, reason, what to do
 */
export function parsePlan(
  name: string,
  source: string,
  raw: unknown,
  registries: PlanRegistries,
): Plan {
  const problems = new Problems();
  const what = `Plan "${String(name).slice(0, 80)}" (${source})`;
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    problems.add(
      ['plan'],
      'must be an object with traffic, steps and analysis',
    );
    problems.throwIfAny(what);
  }
  const { traffic, steps, analysis, ...others } = Object(raw) as Record<
    string,
    unknown
  >;
  problems.parse(nameSchema, name, ['name']);
  const settings = problems.parse(rest, others, []);
  const routing = parseTraffic(traffic, registries.routers, problems);
  const walk = parseSteps(steps, registries, problems);
  const policy = parseAnalysis(analysis, registries, problems);
  if (walk && policy) {
    checkReach({ steps: walk, router: routing?.router, policy }, problems);
  }
  if (walk && policy && routing && settings) {
    const { settleMs } = routing.traffic;
    const deadlineMs = settings.deadline;
    const { metricDefinitions } = registries;
    checkDeadline(
      { steps: walk, policy, settleMs, deadlineMs, metricDefinitions },
      problems,
    );
  }
  if (settings?.observeOnly && policy === 'none') {
    problems.add(
      ['observeOnly'],
      'there is nothing to observe with "analysis: none"; name the metrics to observe in analysis',
    );
  }
  const named = [
    ...(policy && policy !== 'none' ? policy.metrics : []),
    ...(walk ?? []).flatMap(step => step.metrics),
  ];
  const metrics = metricsOf(named, policy, registries, problems);
  if (routing?.router.scaling && wantsFreshBaseline({ metrics })) {
    problems.add(
      ['traffic', 'router'],
      `${routing.router.kind} shares traffic by the number of pods, which those of a fresh baseline would change; use another router or another baseline`,
    );
  }
  if (routing?.router.scaling && (settings?.canary?.minReplicas ?? 1) > 1) {
    problems.add(
      ['canary', 'minReplicas'],
      `${routing.router.kind} shares traffic by the number of pods, so that more of them would be more traffic; leave it out`,
    );
  }
  problems.throwIfAny(what);
  return {
    name,
    title: settings!.title ?? name,
    description: settings!.description || undefined,
    source,
    traffic: routing!.traffic,
    canary: settings!.canary,
    steps: walk!.map(step => step.planStep),
    analysis: policy!,
    metrics,
    deadlineMs: settings!.deadline,
    onNoData: {
      holdMs: settings!.onNoData.hold,
      then: settings!.onNoData.then,
    },
    acceptCapacityRisk: settings!.acceptCapacityRisk,
    observeOnly: settings!.observeOnly || undefined,
  };
}

/** Definitions of the metrics that a plan names; of those that do not exist it is told elsewhere. */
function metricsOf(
  named: readonly string[],
  policy: Plan['analysis'] | undefined,
  registries: PlanRegistries,
  problems: Problems,
): Plan['metrics'] {
  const { metricDefinitions } = registries;
  const baseline = policy && policy !== 'none' ? policy.baseline : undefined;
  return Object.fromEntries(
    [...new Set(named)]
      .filter(name => Object.hasOwn(metricDefinitions, name))
      .sort()
      .map(name => [
        name,
        withBaseline(metricDefinitions[name], baseline, registries, problems),
      ]),
  );
}
