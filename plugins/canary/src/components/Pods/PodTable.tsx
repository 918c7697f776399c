import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import { Look } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../Words';
import { PodHealth, PodLine } from './podLine';

const LOOKS: Readonly<Record<PodHealth, Look>> = {
  well: { Icon: CheckCircleIcon, tone: 'good' },
  waiting: { Icon: HourglassEmptyIcon, tone: 'calm' },
  ill: { Icon: ErrorIcon, tone: 'bad' },
};

const useStyles = makeStyles(theme => ({
  caption: {
    ...theme.typography.body2,
    captionSide: 'top',
    textAlign: 'left',
    padding: theme.spacing(1, 0, 0),
    color: theme.palette.text.primary,
    fontWeight: 700,
  },
  cell: { padding: theme.spacing(0.5, 1, 0.5, 0) },
  name: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  state: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    overflowWrap: 'anywhere',
  },
}));

/** One version's pods: whether each is ready, how often it began anew, and what it does. */
export function PodTable(props: { title: string; pods: readonly PodLine[] }) {
  const { title, pods } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const cell = { className: classes.cell };
  return (
    <Table size="small">
      <caption className={classes.caption}>{title}</caption>
      <TableHead>
        <TableRow>
          <TableCell {...cell}>{t('pods.name')}</TableCell>
          <TableCell {...cell}>{t('pods.ready')}</TableCell>
          <TableCell {...cell}>{t('pods.restarts')}</TableCell>
          <TableCell {...cell}>{t('pods.state')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {pods.length === 0 && (
          <TableRow>
            <TableCell {...cell} colSpan={4}>
              {t('pods.none')}
            </TableCell>
          </TableRow>
        )}
        {pods.map(pod => (
          <TableRow key={pod.name}>
            <TableCell className={`${classes.cell} ${classes.name}`}>
              {pod.name}
            </TableCell>
            <TableCell {...cell}>
              {t('pods.readyOf', {
                ready: String(pod.ready),
                containers: String(pod.containers),
              })}
            </TableCell>
            <TableCell {...cell}>{pod.restarts}</TableCell>
            <TableCell {...cell}>
              <span className={classes.state}>
                <ToneIcon look={LOOKS[pod.health]} />
                <bdi>{pod.state}</bdi>
              </span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
