import { FieldCause } from '../apiError';
import { ApiObject } from '../model';

/** Weights and counts as the Gateway API's schema limits them. */
export function validateRoute({ spec }: ApiObject): FieldCause[] {
  const rules: any[] = Array.isArray(spec?.rules) ? spec.rules : [];
  if (rules.length > 16) {
    return [
      { field: 'spec.rules', message: 'Too many: must have at most 16 items' },
    ];
  }
  return rules.flatMap((rule, i) => {
    const backends: any[] = Array.isArray(rule?.backendRefs)
      ? rule.backendRefs
      : [];
    return backends.flatMap((backend, j) => {
      const field = `spec.rules[${i}].backendRefs[${j}]`;
      const causes: FieldCause[] = [];
      const weight = backend?.weight ?? 1;
      if (!Number.isInteger(weight) || weight < 0 || weight > 1_000_000) {
        causes.push({
          field: `${field}.weight`,
          message: `Invalid value: ${JSON.stringify(
            weight,
          )}: must be an integer from 0 to 1000000`,
        });
      }
      if (typeof backend?.name !== 'string' || backend.name === '') {
        causes.push({
          field: `${field}.name`,
          message: 'Required value',
          reason: 'FieldValueRequired',
        });
      }
      return causes;
    });
  });
}
