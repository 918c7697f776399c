import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { Rollout } from 'backstage-plugin-canary-common';
import {
  describeImages,
  epochOf,
  formatDuration,
  formatWeight,
} from '../../format';
import { isRunning } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { phaseSentence } from '../Now';
import {
  EntityLink,
  Instant,
  LongText,
  PhaseLabel,
  RolloutLink,
} from '../Words';

const useStyles = makeStyles(theme => ({
  long: { minWidth: 110, maxWidth: 220 },
  short: { whiteSpace: 'nowrap' },
  state: { minWidth: 220, maxWidth: 360 },
  sentence: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
}));

/** One rollout in a line: when, what, how it stands and why, by whom. */
export function RolloutTableRow(props: {
  rollout: Rollout;
  withEntity: boolean;
}) {
  const { rollout, withEntity } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const running = isRunning(rollout);
  return (
    <TableRow hover>
      <TableCell className={classes.short}>
        <RolloutLink id={rollout.id}>
          <Instant iso={rollout.startedAt} />
        </RolloutLink>
      </TableCell>
      {withEntity && (
        <TableCell className={classes.long}>
          <EntityLink entityRef={rollout.entityRef} />
        </TableCell>
      )}
      <TableCell className={classes.long}>
        <LongText>{describeImages(rollout.images.canary)}</LongText>
      </TableCell>
      <TableCell className={classes.state}>
        <PhaseLabel phase={rollout.phase} />
        <div className={classes.sentence}>{phaseSentence(t, rollout)}</div>
      </TableCell>
      <TableCell align="right" className={classes.short}>
        {running ? formatWeight(rollout.weight.observed) : '–'}
      </TableCell>
      <TableCell className={classes.long}>
        <LongText>{rollout.startedBy}</LongText>
      </TableCell>
      <TableCell className={classes.short}>
        {took(rollout) ?? t('history.running')}
      </TableCell>
    </TableRow>
  );
}

function took({ startedAt, finishedAt }: Rollout): string | undefined {
  const from = epochOf(startedAt);
  const to = epochOf(finishedAt);
  return from === undefined || to === undefined
    ? undefined
    : formatDuration(to - from);
}
