import { useId } from 'react';
import TextField from '@material-ui/core/TextField';
import { Plan } from 'backstage-plugin-canary-common';
import { describeError } from '../../format';
import { useCanaryTranslation } from '../../translation';

/** Chooses the plan; without a choice the entity's own decides. */
export function PlanField(props: {
  value: string;
  onChange: (plan: string) => void;
  /** What the entity's annotation names. */
  ofEntity?: string;
  plans: readonly Plan[];
  /** Why the plans could not be listed. */
  error?: Error;
}) {
  const { value, onChange, ofEntity, plans, error } = props;
  const { t } = useCanaryTranslation();
  const id = useId();
  return (
    <TextField
      id={id}
      select
      label={t('start.plan')}
      value={value}
      onChange={event => onChange(event.target.value)}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      error={Boolean(error)}
      helperText={
        error
          ? t('start.plansError', { message: describeError(error).message })
          : t('start.planHelp')
      }
      fullWidth
    >
      <option value="">
        {ofEntity
          ? t('start.planDefaultNamed', { plan: ofEntity })
          : t('start.planDefault')}
      </option>
      {plans.map(plan => (
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
