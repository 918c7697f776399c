import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useCanaryTranslation } from '../../translation';

const useStyles = makeStyles({
  root: { minWidth: 140, maxWidth: 260, flex: '1 1 140px' },
});

/** Chooses one value of a field; `children` are the options beside "all". */
export function FacetSelect(props: {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  const { id, label, value, onChange, children } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <TextField
      id={`canary-filter-${id}`}
      className={classes.root}
      select
      label={label}
      value={value}
      onChange={event => onChange(event.target.value)}
      SelectProps={{ native: true }}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      size="small"
    >
      <option value="">{t('page.any')}</option>
      {children}
    </TextField>
  );
}
