import { FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { PlanImport } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import { useCanaryTranslation } from '../../translation';
import { DialogForm, ErrorSentence } from '../shared';
import { ImportFields, ImportForm } from './ImportFields';
import { ImportResult } from './ImportResult';

const useStyles = makeStyles(theme => ({
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
  },
}));

/** Takes a text of another tool and shows what it is here; nothing is written. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const api = useApi(canaryApiRef);
  const titleId = useId();
  const narrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const [form, setForm] = useState<ImportForm>({ text: '' });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [result, setResult] = useState<PlanImport>();
  const shown = useRef<HTMLDivElement>(null);
  const ready = form.text.trim() !== '' && !busy;

  useEffect(() => {
    // Below a long text nobody would see that anything has come.
    if (result || error) shown.current?.scrollIntoView?.({ block: 'start' });
  }, [result, error]);

  const change = (next: ImportForm) => {
    // What is shown is always of what stands above it.
    setResult(undefined);
    setError(undefined);
    setForm(next);
  };
  const convert = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setResult(undefined);
    setError(undefined);
    try {
      setResult(await api.importPlan(form));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      fullWidth
      fullScreen={narrow}
      maxWidth="md"
      onClose={onClose}
      aria-labelledby={titleId}
    >
      <DialogForm onSubmit={convert}>
        <DialogTitle id={titleId}>{t('import.title')}</DialogTitle>
        <DialogContent className={classes.content}>
          <Typography variant="body2" color="textSecondary">
            {t('import.intro')}
          </Typography>
          <ImportFields form={form} busy={busy} onChange={change} />
          <div ref={shown}>
            {error !== undefined && (
              <ErrorSentence title={t('import.failed')} error={error} />
            )}
            {result && <ImportResult result={result} />}
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('import.close')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={!ready}
          >
            {busy ? t('import.converting') : t('import.convert')}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
