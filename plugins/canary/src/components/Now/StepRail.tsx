import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { RailItem } from './RailItem';
import { railSteps } from './railSteps';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
});

/** Every step in its order: done, now, and to come. */
export function StepRail({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <section>
      <Typography variant="subtitle1" component="h3">
        {t('steps.title')}
      </Typography>
      <ol className={classes.list} aria-label={t('steps.title')}>
        {railSteps(rollout).map((step, index) => (
          <RailItem key={index} step={step} rollout={rollout} />
        ))}
      </ol>
    </section>
  );
}
