import TextField from '@material-ui/core/TextField';
import { PHASES } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';

/** Chooses which rollouts are listed. */
export function FilterSelect(props: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useCanaryTranslation();
  return (
    <TextField
      id="canary-filter"
      select
      label={t('page.filter')}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      SelectProps={{ native: true }}
      variant="outlined"
      size="small"
      margin="dense"
    >
      <option value="all">{t('page.filterAll')}</option>
      <option value="running">{t('page.filterRunning')}</option>
      <option value="attention">{t('page.filterAttention')}</option>
      {PHASES.map(phase => (
        <option key={phase} value={phase}>
          {t(`phase.${phase}`)}
        </option>
      ))}
    </TextField>
  );
}
