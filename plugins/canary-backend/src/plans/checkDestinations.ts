import { listNames } from './names';
import { Path, Problems } from './Problems';
import { PlanRegistries } from './registries';

/** Notes every destination that `canary.webhooks` does not define. */
export function checkDestinations(
  names: readonly string[],
  path: Path,
  { webhooks }: Pick<PlanRegistries, 'webhooks'>,
  problems: Problems,
): void {
  for (const name of names) {
    if (webhooks.includes(name)) continue;
    problems.add(
      path,
      `there is no webhook "${name.slice(
        0,
        80,
      )}"; canary.webhooks has ${listNames(webhooks)}`,
    );
  }
}
