import { useId } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import { overridesOf } from '../../format';
import { useCanaryTranslation } from '../../translation';

/** Asks whether a broken stable version shall be replaced; shown only where a refusal offers that, or it was said. */
export function BrokenStableField(props: {
  checked: boolean;
  /** Why the rollout cannot start. */
  refusal: unknown;
  onChange: (checked: boolean) => void;
}) {
  const { checked, refusal, onChange } = props;
  const { t } = useCanaryTranslation();
  const helpId = useId();
  const isOffered = overridesOf(refusal).includes('acceptBrokenStable');
  if (!checked && !isOffered) return null;
  return (
    <div>
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={checked}
            onChange={event => onChange(event.target.checked)}
            inputProps={{ 'aria-describedby': helpId }}
          />
        }
        label={t('start.acceptBroken')}
      />
      <FormHelperText id={helpId}>{t('start.acceptBrokenHelp')}</FormHelperText>
    </div>
  );
}
