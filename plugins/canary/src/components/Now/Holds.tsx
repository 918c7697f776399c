import { makeStyles } from '@material-ui/core/styles';
import PauseIcon from '@material-ui/icons/Pause';
import { Hold } from 'backstage-plugin-canary-common';
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
    background: theme.palette.action.hover,
  },
  facts: { color: theme.palette.text.secondary },
}));

/** Every reason to wait, the gravest first, with how each of them ends. */
export function Holds({ holds }: { holds: readonly Hold[] }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  if (holds.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('now.waits')}>
      {holds.map(hold => (
        <li key={hold.reason} className={classes.hold}>
          <PauseIcon aria-hidden fontSize="small" />
          <div>
            <strong>{t(`hold.${hold.reason}`)}</strong> {hold.message}
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
