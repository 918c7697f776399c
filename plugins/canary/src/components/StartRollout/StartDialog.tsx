import { FormEvent, useId, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import {
  CANARY_PLAN_ANNOTATION,
  Rollout,
} from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import { useCanaryTranslation } from '../../translation';
import { DialogForm, ErrorSentence } from '../shared';
import { BrokenStableField } from './BrokenStableField';
import { ImageFields } from './ImageFields';
import { PlanField } from './PlanField';
import { PlanPanel } from './PlanPanel';
import { PreviewPanel } from './PreviewPanel';
import { repositoryOf, resolveImage } from './resolveImage';
import { EMPTY_FORM, startRequest } from './startForm';
import { usePreview } from './usePreview';
import { useRecentImages } from './useRecentImages';

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
  },
  columns: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    },
  },
}));

/** Asks for the new version, shows what would happen, and starts it. */
export function StartDialog(props: {
  entity: Entity;
  latest?: Rollout;
  onStarted: (rollout: Rollout) => void;
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
  const entityRef = stringifyEntityRef(entity);
  const narrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const recent = useRecentImages(entityRef);
  const plans = useAsync(() => api.listPlans(), [api]);
  const repository = repositoryOf(latest);
  const image = resolveImage(form.image, repository);
  const request = startRequest(entityRef, { ...form, image });
  const previewed = usePreview(request);
  const ofEntity = entity.metadata.annotations?.[CANARY_PLAN_ANNOTATION];
  const named = form.plan || ofEntity;
  const plan =
    previewed.preview?.plan ??
    plans.value?.items.find(({ name }) => name === named);
  const ready = Boolean(request && previewed.preview) && !busy;

  const start = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || !request) return;
    setBusy(true);
    setError(undefined);
    try {
      onStarted(await api.startRollout(request));
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
      fullScreen={narrow}
      maxWidth="lg"
      onClose={busy ? undefined : onClose}
      aria-labelledby={titleId}
    >
      <DialogForm onSubmit={start}>
        <DialogTitle id={titleId}>{t('start.title')}</DialogTitle>
        <DialogContent className={classes.fields}>
          <ImageFields
            form={form}
            onChange={setForm}
            latest={latest}
            repository={repository}
            recent={recent}
          />
          <PlanField
            value={form.plan}
            onChange={chosen => setForm({ ...form, plan: chosen })}
            ofEntity={ofEntity}
            plans={plans.value?.items ?? []}
            error={plans.error}
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
          <BrokenStableField
            checked={form.acceptBrokenStable}
            refusal={previewed.error}
            onChange={acceptBrokenStable =>
              setForm({ ...form, acceptBrokenStable })
            }
          />
          <div className={classes.columns}>
            <PreviewPanel asked={Boolean(request)} previewed={previewed} />
            <PlanPanel plan={plan} />
          </div>
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
            {busy ? t('start.starting') : t('start.confirm')}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
