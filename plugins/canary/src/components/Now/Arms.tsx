import Grid from '@material-ui/core/Grid';
import { Measurement, Rollout } from 'backstage-plugin-canary-common';
import { formatValue, formatWeight } from '../../format';
import { Arm } from './Arm';

/** The two versions side by side. */
export function Arms(props: {
  rollout: Rollout;
  /** The latest measurement of each metric. */
  latest: readonly Measurement[];
}) {
  const { rollout, latest } = props;
  const { images, pods, weight } = rollout;
  const valuesOf = (side: 'canary' | 'stable') =>
    latest.map(each => ({
      title: rollout.plan.metrics[each.metric]?.title ?? each.metric,
      value: formatValue(each[side], each.unit),
    }));
  return (
    <Grid container spacing={2}>
      <Grid item xs={12} sm={6}>
        <Arm
          side="canary"
          images={images.canary}
          pods={pods.canary}
          values={valuesOf('canary')}
          share={formatWeight(weight.observed)}
        />
      </Grid>
      <Grid item xs={12} sm={6}>
        <Arm
          side="stable"
          images={images.stable}
          pods={pods.stable}
          values={valuesOf('stable')}
          share={formatWeight(100 - weight.observed)}
        />
      </Grid>
    </Grid>
  );
}
