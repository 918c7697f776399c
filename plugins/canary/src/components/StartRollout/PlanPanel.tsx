import { lazy, Suspense } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Plan } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';

const PlanYaml = lazy(() => import('./PlanYaml'));

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'grid',
    alignContent: 'start',
    gap: theme.spacing(1),
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  facts: { color: theme.palette.text.secondary },
}));

/** What the plan is, in its author's words and as it is written. */
export function PlanPanel({ plan }: { plan?: Plan }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <section className={classes.root} aria-label={t('start.planPanel')}>
      <Typography variant="subtitle1" component="h3">
        {plan ? t('start.planTitle', { title: plan.title }) : t('start.plan')}
      </Typography>
      {!plan && <span className={classes.facts}>{t('start.planUnknown')}</span>}
      {plan && (
        <>
          {plan.description && <bdi>{plan.description}</bdi>}
          <span className={classes.facts}>
            {t('start.planSource', { source: plan.source })}
          </span>
          <Suspense fallback={<Skeleton variant="rect" height={240} />}>
            <PlanYaml plan={plan} />
          </Suspense>
        </>
      )}
    </section>
  );
}
