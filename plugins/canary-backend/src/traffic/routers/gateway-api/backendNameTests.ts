import {
  JsonPatchOperation,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { asList, asObject } from '../../json';
import { rulesOf } from './ruleSet';

/** In every rule that a change touches, its backends must still be the ones that were read. */
export function backendNameTests(
  route: KubernetesObject,
  changes: readonly JsonPatchOperation[],
): readonly JsonPatchOperation[] {
  const touched = new Set(
    changes.flatMap(
      ({ path }) => /^\/spec\/rules\/(\d+)/.exec(path)?.[1] ?? [],
    ),
  );
  const rules = rulesOf(route);
  return [...touched].flatMap(index =>
    asList(rules[Number(index)]?.backendRefs).flatMap((backend, i) => {
      const name = asObject(backend)?.name;
      const path = `/spec/rules/${index}/backendRefs/${i}/name`;
      return name === undefined
        ? []
        : [{ op: 'test' as const, path, value: name }];
    }),
  );
}
