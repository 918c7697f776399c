import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import LensIcon from '@material-ui/icons/Lens';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import SkipNextIcon from '@material-ui/icons/SkipNext';
import { Rollout } from 'backstage-plugin-canary-common';
import { formatDuration } from '../../format';
import { Appearance } from '../../icons';
import { isRunning } from '../../live';
import { localeOf, Translate, useCanaryTranslation } from '../../translation';
import { Countdown, ToneIcon, impliedStep } from '../shared';
import { RailState, RailStep } from './railSteps';

const APPEARANCES: Readonly<Record<RailState, Appearance>> = {
  done: { Icon: CheckCircleIcon, tone: 'good' },
  current: { Icon: LensIcon, tone: 'busy' },
  coming: { Icon: RadioButtonUncheckedIcon, tone: 'calm' },
  stopped: { Icon: HighlightOffIcon, tone: 'bad' },
  skipped: { Icon: RemoveCircleOutlineIcon, tone: 'calm' },
  passedOver: { Icon: SkipNextIcon, tone: 'warn' },
};

const useStyles = makeStyles(theme => ({
  item: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr auto',
    columnGap: theme.spacing(1.5),
    padding: theme.spacing(0.75, 0),
    overflowWrap: 'anywhere',
  },
  here: { fontWeight: 700 },
  title: { minWidth: 0 },
  facts: {
    color: theme.palette.text.secondary,
    fontWeight: 400,
    textAlign: 'right',
    maxWidth: '9.5rem',
  },
  clock: { color: theme.palette.text.secondary, fontWeight: 400 },
}));

/** One step: what it does, where it stands, how long it took or may take. */
export function RailItem(props: {
  step: RailStep;
  /** Of all items, counting from 1. */
  position: number;
  total: number;
  rollout: Rollout;
}) {
  const { step, position, total, rollout } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const here = step.state === 'current' || step.state === 'stopped';
  return (
    <li
      className={`${classes.item} ${here ? classes.here : ''}`}
      aria-current={step.state === 'current' ? 'step' : undefined}
      // Items may be folded away: the list alone would be counted wrong.
      aria-posinset={position}
      aria-setsize={total}
    >
      <ToneIcon appearance={APPEARANCES[step.state]} />
      <span className={classes.title}>
        <bdi>
          {step.kind === 'step'
            ? step.title
            : impliedStep(t, step.kind, rollout.plan)}
        </bdi>
        {step.state === 'current' && <StepClock rollout={rollout} />}
      </span>
      <span className={classes.facts}>{stateWords(t, step)}</span>
    </li>
  );
}

/** Where the step stands, with its time as far as anybody knows it. */
function stateWords(t: Translate, step: RailStep): string {
  const { state, tookMs, estimatedMs = 0, waitsForPerson } = step;
  if (state === 'done' && tookMs !== undefined) {
    return tookMs < 1000
      ? t('steps.tookMoment')
      : t('steps.took', { duration: formatDuration(tookMs, localeOf(t)) });
  }
  if (state === 'coming' && waitsForPerson) return t('steps.comingPerson');
  if (state === 'coming' && estimatedMs >= 1000) {
    return t('steps.comingAbout', {
      duration: formatDuration(estimatedMs, localeOf(t)),
    });
  }
  return t(`steps.${state}`);
}

/** The end of the wait, or the deadline of the work. */
function StepClock({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { deadlineAt } = rollout.step;
  // A wait says its end in the headline; the clock of the work stands still.
  if (!isRunning(rollout) || rollout.holds.length > 0 || !deadlineAt) {
    return null;
  }
  return (
    <div className={classes.clock}>
      {t('now.deadline', { when: <Countdown until={deadlineAt} /> })}
    </div>
  );
}
