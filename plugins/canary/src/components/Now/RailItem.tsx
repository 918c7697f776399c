import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import LensIcon from '@material-ui/icons/Lens';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import RemoveCircleOutlineIcon from '@material-ui/icons/RemoveCircleOutline';
import { Rollout } from 'backstage-plugin-canary-common';
import { Look } from '../../icons';
import { isRunning } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { Countdown, ToneIcon } from '../Words';
import { RailState, RailStep } from './railSteps';

const LOOKS: Readonly<Record<RailState, Look>> = {
  done: { Icon: CheckCircleIcon, tone: 'good' },
  current: { Icon: LensIcon, tone: 'busy' },
  coming: { Icon: RadioButtonUncheckedIcon, tone: 'calm' },
  stopped: { Icon: HighlightOffIcon, tone: 'bad' },
  skipped: { Icon: RemoveCircleOutlineIcon, tone: 'calm' },
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
  facts: {
    color: theme.palette.text.secondary,
    fontWeight: 400,
  },
}));

/** One step: what it does, where it stands, and how long it may still take. */
export function RailItem(props: { step: RailStep; rollout: Rollout }) {
  const { step, rollout } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const here = step.state === 'current' || step.state === 'stopped';
  return (
    <li
      className={`${classes.item} ${here ? classes.here : ''}`}
      aria-current={step.state === 'current' ? 'step' : undefined}
    >
      <ToneIcon look={LOOKS[step.state]} />
      <span>
        {step.kind === 'step' ? step.title : t(`steps.${step.kind}`)}
        {step.state === 'current' && <StepClock rollout={rollout} />}
      </span>
      <span className={classes.facts}>{t(`steps.${step.state}`)}</span>
    </li>
  );
}

/** The end of the wait, or the deadline of the work. */
function StepClock({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const until = rollout.holds.find(hold => hold.until)?.until;
  const { deadlineAt } = rollout.step;
  if (!isRunning(rollout) || (!until && !deadlineAt)) return null;
  return (
    <div className={classes.facts}>
      {until
        ? t('now.until', { when: <Countdown until={until} /> })
        : t('now.deadline', { when: <Countdown until={deadlineAt!} /> })}
    </div>
  );
}
