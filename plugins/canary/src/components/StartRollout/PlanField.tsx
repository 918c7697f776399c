import { useId } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import TextField from '@material-ui/core/TextField';
import { Plan } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import { describeError } from '../../format';
import { useCanaryTranslation } from '../../translation';

/** Chooses the plan; without a choice the entity's own decides. */
export function PlanField(props: {
  value: string;
  onChange: (plan: string) => void;
  /** What the entity's annotation names. */
  ofEntity?: string;
}) {
  const { value, onChange, ofEntity } = props;
  const { t } = useCanaryTranslation();
  const api = useApi(canaryApiRef);
  const id = useId();
  const plans = useAsync(() => api.listPlans(), [api]);
  const chosen = plans.value?.items.find(plan => plan.name === value);
  return (
    <TextField
      id={id}
      select
      label={t('start.plan')}
      value={value}
      onChange={event => onChange(event.target.value)}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      error={Boolean(plans.error)}
      helperText={
        plans.error
          ? t('start.plansError', {
              message: describeError(plans.error).message,
            })
          : chosen?.description
      }
      fullWidth
    >
      <option value="">
        {ofEntity
          ? t('start.planDefaultNamed', { plan: ofEntity })
          : t('start.planDefault')}
      </option>
      {plans.value?.items.map(plan => (
        <option key={plan.name} value={plan.name}>
          {optionWords(plan)}
        </option>
      ))}
    </TextField>
  );
}

/** The title, and the name where the title does not tell it. */
function optionWords({ title, name }: Plan): string {
  return title.toLowerCase() === name.toLowerCase()
    ? title
    : `${title} (${name})`;
}
