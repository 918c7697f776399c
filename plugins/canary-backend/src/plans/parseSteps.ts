import { JsonObject, PlanStep } from 'backstage-plugin-canary-common';
import { StepDefinition } from 'backstage-plugin-canary-node';
import { checkDestinations } from './checkDestinations';
import { checkMetrics } from './checkMetrics';
import { Path, Problems } from './Problems';
import { PlanRegistries } from './registries';

/** More than anybody walks, few enough to keep a rollout's row small. */
export const MOST_STEPS = 100;

/** A step with what later checks ask of it. */
export interface ParsedStep {
  readonly planStep: PlanStep;
  readonly definition: StepDefinition;
  readonly params: any;
  /** Metrics of the analysis that it brings. */
  readonly metrics: readonly string[];
}

/** `steps: [{ <kind>: <what that kind reads> }, …]`; undefined when one of them is wrong. */
export function parseSteps(
  raw: unknown,
  registries: PlanRegistries,
  problems: Problems,
): readonly ParsedStep[] | undefined {
  if (!Array.isArray(raw) || raw.length === 0) {
    problems.add(
      ['steps'],
      'must be a list of at least one step, such as setWeight: 5',
    );
    return undefined;
  }
  if (raw.length > MOST_STEPS) {
    problems.add(
      ['steps'],
      `has ${raw.length} steps; ${MOST_STEPS} is the most`,
    );
    return undefined;
  }
  const parsed = raw.map((step, index) =>
    parseStep(step, ['steps', index], registries, problems),
  );
  const complete = parsed.filter(step => step !== undefined);
  return complete.length === parsed.length ? complete : undefined;
}

function parseStep(
  raw: unknown,
  path: Path,
  registries: PlanRegistries,
  problems: Problems,
): ParsedStep | undefined {
  const entries =
    typeof raw === 'object' && raw !== null && !Array.isArray(raw)
      ? Object.entries(raw)
      : [];
  if (entries.length !== 1) {
    problems.add(
      path,
      `must have exactly one key, the kind of the step: ${registries.steps.kinds()}`,
    );
    return undefined;
  }
  const [[kind, value]] = entries;
  const definition = registries.steps.find(kind);
  if (!definition) {
    problems.add(path, registries.steps.refusal(kind));
    return undefined;
  }
  const params = problems.parse(definition.params, value, [...path, kind]);
  if (params === undefined) return undefined;
  const metrics = definition.analysis?.(params).metrics ?? [];
  checkMetrics(metrics, [...path, kind, 'metrics'], registries, problems);
  const destinations = definition.destinations?.(params) ?? [];
  checkDestinations(destinations, [...path, kind], registries, problems);
  return {
    definition,
    params,
    metrics,
    planStep: {
      kind,
      title: definition.describe(params),
      // The plan is stored as JSON: what JSON cannot say must not seem to work
      // until the first restart.
      params: JSON.parse(JSON.stringify(params)) as JsonObject,
    },
  };
}
