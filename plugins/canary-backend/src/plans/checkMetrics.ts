import { listNames } from './names';
import { Path, Problems } from './Problems';
import { PlanRegistries } from './registries';

/** Notes every metric that `canary.metrics` does not define. */
export function checkMetrics(
  names: readonly string[],
  path: Path,
  {
    metricDefinitions,
    disabledMetrics,
  }: Pick<PlanRegistries, 'metricDefinitions' | 'disabledMetrics'>,
  problems: Problems,
): void {
  names.forEach((name, index) => {
    if (Object.hasOwn(metricDefinitions, name)) return;
    const why = disabledMetrics?.get(name);
    if (why !== undefined) {
      problems.add([...path, index], `metric "${name}" is disabled: ${why}`);
      return;
    }
    const known = listNames(Object.keys(metricDefinitions));
    problems.add(
      [...path, index],
      `there is no metric "${name.slice(0, 80)}"; canary.metrics has ${known}`,
    );
  });
}
