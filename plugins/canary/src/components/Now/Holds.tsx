import { makeStyles } from '@material-ui/core/styles';
import PauseIcon from '@material-ui/icons/Pause';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Countdown, RelativeTime } from '../Words';

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

/** Every reason to wait, the gravest first, with how each of them ends. */
export function Holds({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { holds, outcome } = rollout;
  if (holds.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('now.waits')}>
      {holds.map((hold, index) => (
        <li key={hold.reason} className={classes.hold}>
          <PauseIcon aria-hidden fontSize="small" />
          <div>
            <strong>{t(`hold.${hold.reason}`)}</strong>{' '}
            {/* The headline has said the message of the gravest one. */}
            {(index > 0 || outcome) && hold.message}
            <div className={classes.facts}>
              {hold.until
                ? t('now.until', { when: <Countdown until={hold.until} /> })
                : t('now.untilPerson')}
              {'; '}
              {t('now.since', { when: <RelativeTime iso={hold.since} /> })}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
