import { FormEvent, useEffect, useId, useRef, useState } from 'react';
import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { Plan, Rollout } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import { isNotAllowed } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { DialogForm, ErrorSentence } from '../shared';
import { Answer } from './Answer';
import { formOf, policyOf } from './policy';
import { PolicyField } from './PolicyField';
import { RulesFields } from './RulesFields';
import { useRejudge } from './useRejudge';

/** A plan that lies beside its entity is in no list; the rollout knows its name. */
function nameable(own: Plan, listed: readonly Plan[]): readonly Plan[] {
  return own.source === 'app-config'
    ? listed
    : [own, ...listed.filter(({ name }) => name !== own.name)];
}

const useStyles = makeStyles(theme => ({
  content: {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap: theme.spacing(2),
  },
}));

/**
 * Would other rules have caught it? Takes a plan of today or changed rules, and
 * shows what they say of the rollout's stored measurements. A chunk of its own
 * for the sake of the reader of YAML.
 */
export default function RejudgeDialog(props: {
  rollout: Rollout;
  onClose: () => void;
}) {
  const { rollout, onClose } = props;
  const { metrics } = rollout.plan;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const api = useApi(canaryApiRef);
  const titleId = useId();
  const narrow = useMediaQuery(useTheme().breakpoints.down('xs'));
  const plans = useAsync(() => api.listPlans(), [api]);
  const [form, setForm] = useState(() => formOf(metrics));
  const { busy, answer, error, judge, forget } = useRejudge(rollout.id);
  const { request, problems, changed } = policyOf(form, metrics);
  const isEmpty = Object.keys(metrics).length === 0;
  const shown = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (answer || error) shown.current?.scrollIntoView?.({ block: 'start' });
  }, [answer, error]);

  const change = (next: typeof form) => {
    setForm(next);
    forget();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (request && !busy && !isEmpty) judge(request);
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
      <DialogForm onSubmit={submit}>
        <DialogTitle id={titleId}>{t('rejudge.title')}</DialogTitle>
        <DialogContent className={classes.content}>
          {isEmpty ? (
            <Typography>{t('rejudge.noMetrics')}</Typography>
          ) : (
            <>
              <Typography variant="body2" color="textSecondary">
                {t('rejudge.intro')}
              </Typography>
              <PolicyField
                value={form.plan}
                onChange={plan => change({ ...form, plan })}
                plans={nameable(rollout.plan, plans.value?.items ?? [])}
                loading={plans.loading}
                error={plans.error}
              />
              {!form.plan && (
                <RulesFields
                  metrics={metrics}
                  texts={form.texts}
                  problems={problems}
                  onChange={(metric, text) =>
                    change({
                      ...form,
                      texts: { ...form.texts, [metric]: text },
                    })
                  }
                />
              )}
              {!changed && (
                <Typography variant="body2" color="textSecondary">
                  {t('rejudge.unchanged')}
                </Typography>
              )}
            </>
          )}
          <div ref={shown}>
            {error !== undefined && (
              <ErrorSentence
                title={
                  isNotAllowed(error)
                    ? t('rejudge.forbidden')
                    : t('rejudge.error')
                }
                error={error}
              />
            )}
            <Answer answer={answer} busy={busy} />
          </div>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('rejudge.close')}</Button>
          {!isEmpty && (
            <Button
              type="submit"
              variant="contained"
              color="primary"
              disabled={busy || !request}
            >
              {busy ? t('rejudge.judging') : t('rejudge.confirm')}
            </Button>
          )}
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
