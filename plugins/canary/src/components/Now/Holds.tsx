import { makeStyles } from '@material-ui/core/styles';
import PauseIcon from '@material-ui/icons/Pause';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { HoldClock } from './HoldClock';
import { endsWhen } from './endsWhen';
import { holdWords } from './holdWords';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: theme.spacing(1),
  },
  hold: {
    display: 'flex',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
    borderLeft: `4px solid ${theme.palette.warning.main}`,
    padding: theme.spacing(1, 2),
  },
  facts: { color: theme.palette.text.secondary },
}));

/** Where several things hold a rollout, each of the others and how it ends. */
export function Holds({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  // The headline has said the gravest one, unless it says how all of it ends.
  const holds = rollout.outcome ? rollout.holds : rollout.holds.slice(1);
  if (holds.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('now.waits')}>
      {holds.map((hold, index) => (
        <li key={index} className={classes.hold}>
          <PauseIcon aria-hidden fontSize="small" />
          <div>
            {t('now.alsoHeld')} <bdi>{holdWords(t, rollout, hold)}</bdi>
            <HoldClock rollout={rollout} hold={hold} />
            <div className={classes.facts}>
              {t('now.endsWhen', { what: endsWhen(t, hold) })}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
