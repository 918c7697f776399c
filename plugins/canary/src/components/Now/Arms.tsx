import Grid from '@material-ui/core/Grid';
import { Rollout } from 'backstage-plugin-canary-common';
import { formatWeight } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { Arm } from './Arm';

/** The two versions side by side. */
export function Arms({ rollout }: { rollout: Rollout }) {
  const { t } = useCanaryTranslation();
  const { images, pods, weight, phase } = rollout;
  // After a promotion the stable's pods run what was the canary.
  const promoted = phase === 'Succeeded';
  const share = promoted ? 100 : weight.observed;
  return (
    <Grid container spacing={2}>
      <Grid item xs={12} sm={6}>
        <Arm
          title={t(promoted ? 'arm.newStable' : 'arm.canary')}
          images={images.canary}
          others={images.stable}
          pods={promoted ? pods.stable : pods.canary}
          share={formatWeight(share, localeOf(t))}
        />
      </Grid>
      <Grid item xs={12} sm={6}>
        <Arm
          title={t(promoted ? 'arm.replaced' : 'arm.stable')}
          images={images.stable}
          others={images.canary}
          pods={promoted ? undefined : pods.stable}
          share={formatWeight(100 - share, localeOf(t))}
        />
      </Grid>
    </Grid>
  );
}
