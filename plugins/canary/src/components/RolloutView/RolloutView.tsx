import { useMemo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { isRunning, useEvents, useMeasurements } from '../../live';
import { CommandBar } from '../Commands';
import { DecisionLog } from '../DecisionLog';
import { latestOfEach, MetricsSection } from '../Metrics';
import { NowCard, stepTimes } from '../Now';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'grid',
    gap: theme.spacing(3),
    minWidth: 0,
  },
}));

/** A rollout whole: where it is, its commands, its metrics, its decisions. */
export function RolloutView(props: {
  rollout: Rollout;
  /** When the rollout was last read; its series are read on with it. */
  seenAt?: number;
  /** A command was accepted; this is the rollout it answered with. */
  onAnswered: (answer: Rollout) => void;
  /** Reads the rollout again; resolves when the fresh one is shown. */
  onRefresh: () => Promise<void>;
}) {
  const { rollout, seenAt, onAnswered, onRefresh } = props;
  const classes = useStyles();
  const tick = isRunning(rollout) ? seenAt : rollout.version;
  const measurements = useMeasurements(rollout.id, tick);
  const events = useEvents(rollout.id, tick);
  const latest = useMemo(
    () => latestOfEach(measurements.value),
    [measurements.value],
  );
  const times = useMemo(
    () => (events.loaded ? stepTimes(events.value) : undefined),
    [events.loaded, events.value],
  );
  return (
    <div className={classes.root}>
      <NowCard rollout={rollout} latest={latest} times={times}>
        <CommandBar
          rollout={rollout}
          onAnswered={onAnswered}
          onRefresh={onRefresh}
        />
      </NowCard>
      <MetricsSection
        rollout={rollout}
        measurements={measurements}
        events={events}
      />
      <DecisionLog rollout={rollout} events={events} />
    </div>
  );
}
