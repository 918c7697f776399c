import { useId } from 'react';
import TextField from '@material-ui/core/TextField';
import { Plan } from 'backstage-plugin-canary-common';
import { describeError } from '../../format';
import { useCanaryTranslation } from '../../translation';

/** By what to judge: rules that are written here, or a plan of today. */
export function PolicyField(props: {
  value: string;
  onChange: (plan: string) => void;
  plans: readonly Plan[];
  loading: boolean;
  /** Why the plans could not be listed. */
  error?: Error;
}) {
  const { value, onChange, plans, loading, error } = props;
  const { t } = useCanaryTranslation();
  const id = useId();
  return (
    <TextField
      id={id}
      select
      label={t('rejudge.by')}
      value={value}
      onChange={event => onChange(event.target.value)}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      error={Boolean(error)}
      helperText={help()}
      fullWidth
    >
      <option value="">{t('rejudge.byRules')}</option>
      {plans.map(({ name, title }) => (
        <option key={name} value={name}>
          {t('rejudge.byPlan', {
            plan:
              title.toLowerCase() === name.toLowerCase()
                ? title
                : `${title} (${name})`,
          })}
        </option>
      ))}
    </TextField>
  );

  function help(): string {
    if (error) {
      return t('rejudge.plansError', { message: describeError(error).message });
    }
    if (loading) return t('rejudge.plansLoading');
    return value ? t('rejudge.byPlanHelp') : t('rejudge.byRulesHelp');
  }
}
