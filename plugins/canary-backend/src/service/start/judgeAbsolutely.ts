import { Plan, PlanStep } from 'backstage-plugin-canary-common';
import { sameJson } from '../../rollout';
import { MachineContext } from '../../state-machine';
import { Feasibility } from './refusal';

/**
 * The plan for a rollout that has nothing to be compared with: without the
 * metrics whose judge compares, in its steps too. A step for which none is left
 * is judged by those of the gate, which must have one.
 */
export function judgeAbsolutely(
  plan: Plan,
  context: MachineContext,
): Feasibility & { readonly plan: Plan } {
  const { comparesWithStable = () => true } = context;
  const { analysis } = plan;
  const names = Object.keys(plan.metrics);
  const dropped = names.filter(name => comparesWithStable(plan.metrics[name]));
  const kept = names.filter(name => !dropped.includes(name));
  const isKept = (name: string) => !dropped.includes(name);
  const gate = analysis === 'none' ? [] : analysis.metrics.filter(isKept);
  const steps = plan.steps.map(step =>
    absoluteStep(step, isKept, gate, context),
  );

  const stuck = steps.findIndex(step => step === undefined);
  const useAnother = 'use a plan with absolute thresholds';
  const refusals = [
    analysis !== 'none' &&
      gate.length === 0 &&
      `every metric of the analysis of plan ${
        plan.name
      } compares with the stable (${analysis.metrics.join(
        ', ',
      )}); ${useAnother}`,
    stuck >= 0 &&
      `step ${stuck + 1} of plan ${plan.name} (${
        plan.steps[stuck].title
      }) has no metric but those that compare with the stable; ${useAnother}`,
  ].filter(refusal => typeof refusal === 'string');
  const notAsked =
    dropped.length > 0
      ? ` Not asked, because they compare with the stable: ${dropped.join(
          ', ',
        )}.`
      : '';
  return {
    plan: {
      ...plan,
      steps: steps.map((step, index) => step ?? plan.steps[index]),
      metrics: Object.fromEntries(kept.map(name => [name, plan.metrics[name]])),
      analysis:
        analysis === 'none'
          ? 'none'
          : // A score is of judges that compare.
            { ...analysis, metrics: gate, score: undefined },
    },
    refusals,
    warnings:
      kept.length > 0
        ? [`Only absolute limits judge: ${kept.join(', ')}.${notAsked}`]
        : [],
  };
}

/** The step without metrics that compare; undefined where it asks for them whatever its parameters say. */
function absoluteStep(
  step: PlanStep,
  isKept: (name: string) => boolean,
  gate: readonly string[],
  { step: definitionOf }: MachineContext,
): PlanStep | undefined {
  const definition = definitionOf(step.kind);
  const asked = definition.analysis?.(step.params).metrics ?? [];
  if (asked.every(isKept)) return step;
  const own = asked.filter(isKept);
  const metrics = own.length > 0 ? own : gate;
  if (metrics.length === 0) return undefined;
  const params = { ...step.params, metrics };
  return sameJson(definition.analysis?.(params).metrics, metrics)
    ? { ...step, params, title: definition.describe(params) }
    : undefined;
}
