import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { epochOf, formatDuration } from '../../format';
import { isRunning } from '../../live';
import { localeOf, useCanaryTranslation } from '../../translation';
import { Countdown, Elapsed, Instant } from '../shared';
import { endsWhen } from './endsWhen';
import { nextStep } from './nextStep';
import { TimeLeft } from './TimeLeft';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 130px), 1fr))',
    gap: theme.spacing(2),
    margin: 0,
    overflowWrap: 'anywhere',
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, minHeight: '1.5em' },
  },
}));

/** What comes next and when, how long it has taken and how long it may still take. */
export function Facts({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { waitingFor, startedAt, finishedAt, holds } = rollout;
  if (!isRunning(rollout)) {
    const took = (epochOf(finishedAt) ?? NaN) - (epochOf(startedAt) ?? NaN);
    return (
      <dl className={classes.root}>
        <Fact name={t('facts.took')}>{formatDuration(took, localeOf(t))}</Fact>
        <Fact name={t('facts.ended')}>
          {finishedAt ? <Instant iso={finishedAt} /> : t('value.unknown')}
        </Fact>
      </dl>
    );
  }
  const [gravest] = holds;
  return (
    <dl className={classes.root}>
      <Fact name={t('facts.next')}>
        <bdi>{nextStep(t, rollout)}</bdi>
      </Fact>
      {waitingFor && (
        <Fact name={t('facts.nextCheck')}>
          <Countdown until={waitingFor.nextCheckAt} />
        </Fact>
      )}
      <Fact name={t('facts.spent')}>
        <Elapsed since={startedAt} />
      </Fact>
      {rollout.remaining && (
        <Fact name={t('facts.left')}>
          <TimeLeft remaining={rollout.remaining} />
        </Fact>
      )}
      {gravest && !rollout.outcome && (
        <Fact name={t('facts.howItEnds')}>{endsWhen(t, gravest)}</Fact>
      )}
    </dl>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
