import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import { Appearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../shared';
import { PodHealth, PodLine } from './podLine';

const APPEARANCES: Readonly<Record<PodHealth, Appearance>> = {
  well: { Icon: CheckCircleIcon, tone: 'good' },
  waiting: { Icon: HourglassEmptyIcon, tone: 'calm' },
  ill: { Icon: ErrorIcon, tone: 'bad' },
};

const useStyles = makeStyles(theme => ({
  title: { ...theme.typography.body2, fontWeight: 700, margin: 0 },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  // In columns where there is room; on a phone the name has a line of its own.
  pod: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) 6rem 6rem 11rem',
    columnGap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
    overflowWrap: 'anywhere',
    borderBottom: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'auto auto minmax(0, 1fr)',
    },
  },
  name: {
    unicodeBidi: 'isolate',
    [theme.breakpoints.down('xs')]: { gridColumn: '1 / -1' },
  },
  facts: { color: theme.palette.text.secondary },
  state: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    minWidth: 0,
  },
}));

/** One version's pods: whether each is ready, how often it began anew, and what it does. */
export function PodList(props: { title: string; pods: readonly PodLine[] }) {
  const { title, pods } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const titleId = useId();
  return (
    <div>
      <h4 id={titleId} className={classes.title}>
        {title}
      </h4>
      {pods.length === 0 && (
        <div className={classes.facts}>{t('pods.none')}</div>
      )}
      <ul className={classes.list} aria-labelledby={titleId}>
        {pods.map(pod => (
          <li key={pod.name} className={classes.pod}>
            <span className={classes.name}>{pod.name}</span>
            <span className={classes.facts}>
              {t('pods.ready', {
                ready: String(pod.ready),
                containers: String(pod.containers),
              })}
            </span>
            <span className={classes.facts}>
              {pod.restarts === 1
                ? t('pods.oneRestart')
                : t('pods.restarts', { n: String(pod.restarts) })}
            </span>
            <span className={classes.state}>
              <ToneIcon appearance={APPEARANCES[pod.health]} />
              <bdi>{pod.state}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
