import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { IMPORT_FORMATS, ImportRequest } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';

/** What is sent; `format` only where a person names it. */
export type ImportForm = ImportRequest;

const useStyles = makeStyles(theme => ({
  text: {
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
    lineHeight: 1.45,
  },
  format: { justifySelf: 'start', minWidth: theme.spacing(26) },
}));

/** The text to import, and its format where it does not say it itself. */
export function ImportFields(props: {
  form: ImportForm;
  busy: boolean;
  onChange: (form: ImportForm) => void;
}) {
  const { form, busy, onChange } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const textId = useId();
  const formatId = useId();
  return (
    <>
      <TextField
        id={textId}
        label={t('import.text')}
        helperText={t('import.textHelp')}
        value={form.text}
        onChange={event => onChange({ ...form, text: event.target.value })}
        variant="outlined"
        multiline
        minRows={8}
        maxRows={14}
        InputProps={{ classes: { input: classes.text }, readOnly: busy }}
        inputProps={{
          'aria-required': true,
          autoComplete: 'off',
          spellCheck: false,
        }}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog takes the focus, its first field is where it belongs
        autoFocus
        fullWidth
      />
      <TextField
        id={formatId}
        className={classes.format}
        label={t('import.format')}
        value={form.format ?? ''}
        onChange={event =>
          onChange({
            text: form.text,
            format: IMPORT_FORMATS.find(one => one === event.target.value),
          })
        }
        disabled={busy}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
      >
        <option value="">{t('import.recognise')}</option>
        {IMPORT_FORMATS.map(format => (
          <option key={format} value={format}>
            {t(`import.formats.${format}`)}
          </option>
        ))}
      </TextField>
    </>
  );
}
