import { FormEvent, useId, useState } from 'react';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  CANARY_PLAN_ANNOTATION,
  Rollout,
} from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import { useCanaryTranslation } from '../../translation';
import { ErrorSentence } from '../Words';
import { ImageFields } from './ImageFields';
import { PlanField } from './PlanField';
import { PreviewPanel } from './PreviewPanel';
import { EMPTY_FORM, startRequest } from './startForm';
import { usePreview } from './usePreview';

const useStyles = makeStyles(theme => ({
  fields: { display: 'grid', gap: theme.spacing(1.5) },
}));

/** Asks for the new version, shows what would happen, and starts it. */
export function StartDialog(props: {
  entity: Entity;
  latest?: Rollout;
  onStarted: () => Promise<void>;
  onClose: () => void;
}) {
  const { entity, latest, onStarted, onClose } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const api = useApi(canaryApiRef);
  const titleId = useId();
  const reasonId = useId();
  const [form, setForm] = useState(EMPTY_FORM);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const request = startRequest(stringifyEntityRef(entity), form);
  const previewed = usePreview(request);
  const ready = Boolean(request && previewed.preview) && !busy;

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || !request) return;
    setBusy(true);
    setError(undefined);
    try {
      await api.startRollout(request);
      await onStarted();
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      onClose={busy ? undefined : onClose}
      aria-labelledby={titleId}
    >
      <form onSubmit={start} noValidate>
        <DialogTitle id={titleId}>{t('start.title')}</DialogTitle>
        <DialogContent className={classes.fields}>
          <ImageFields form={form} onChange={setForm} latest={latest} />
          <PlanField
            value={form.plan}
            onChange={plan => setForm({ ...form, plan })}
            ofEntity={entity.metadata.annotations?.[CANARY_PLAN_ANNOTATION]}
          />
          <TextField
            id={reasonId}
            label={t('start.reason')}
            value={form.reason}
            onChange={event => setForm({ ...form, reason: event.target.value })}
            helperText={t('start.reasonHelp')}
            inputProps={{ maxLength: 1000 }}
            multiline
            maxRows={4}
            fullWidth
          />
          <PreviewPanel asked={Boolean(request)} previewed={previewed} />
          {error !== undefined && (
            <ErrorSentence title={t('start.failed')} error={error} />
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('start.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={!ready}
          >
            {t('start.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
