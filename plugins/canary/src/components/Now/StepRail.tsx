import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { foldSteps } from './foldSteps';
import { RailItem } from './RailItem';
import { railSteps } from './railSteps';
import { StepTimes } from './stepTimes';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0, maxWidth: '40rem' },
  facts: { color: theme.palette.text.secondary },
}));

/** Where the eye belongs: at what happens, or at where it ended. */
const HERE: readonly string[] = ['current', 'stopped'];

/** Every step in its order: done, now, and to come. */
export function StepRail(props: {
  rollout: Rollout;
  /** What the history says; absent until it has been read. */
  times?: StepTimes;
}) {
  const { rollout, times } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const [unfolded, setUnfolded] = useState({ past: false, future: false });

  const steps = railSteps(rollout, times);
  const here = steps.findIndex(({ state }) => HERE.includes(state));
  const ended = steps.every(({ state }) => state !== 'coming');
  const folded = foldSteps(
    steps.length,
    here < 0 && ended ? steps.length - 1 : here,
  );
  const from = unfolded.past ? 0 : folded.from;
  const to = unfolded.future ? steps.length : folded.to;
  return (
    <section>
      <Typography variant="subtitle1" component="h3">
        {t('steps.title')}
      </Typography>
      {rollout.plan.steps.length === 0 && !rollout.rollbackOf && (
        <div className={classes.facts}>{t('steps.none')}</div>
      )}
      {from > 0 && (
        <Button
          size="small"
          onClick={() => setUnfolded({ ...unfolded, past: true })}
        >
          {t('steps.showEarlier', { n: String(from) })}
        </Button>
      )}
      <ol className={classes.list} aria-label={t('steps.title')}>
        {steps.slice(from, to).map((step, index) => (
          <RailItem
            key={from + index}
            step={step}
            position={from + index + 1}
            total={steps.length}
            rollout={rollout}
          />
        ))}
      </ol>
      {to < steps.length && (
        <Button
          size="small"
          onClick={() => setUnfolded({ ...unfolded, future: true })}
        >
          {t('steps.showLater', { n: String(steps.length - to) })}
        </Button>
      )}
    </section>
  );
}
