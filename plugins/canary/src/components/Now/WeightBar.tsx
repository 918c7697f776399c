import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { isEnded, Rollout } from 'backstage-plugin-canary-common';
import { describeImages, formatWeight } from '../../format';
import { localeOf, Translate, useCanaryTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  track: {
    position: 'relative',
    height: 16,
    marginTop: theme.spacing(1),
    borderRadius: 8,
    border: `1px solid ${theme.palette.text.secondary}`,
    background: theme.palette.background.default,
  },
  observed: {
    position: 'absolute',
    inset: 0,
    right: 'auto',
    borderRadius: 7,
    background:
      theme.palette.type === 'dark'
        ? theme.palette.primary.light
        : theme.palette.primary.main,
    transition: theme.transitions.create('width'),
    '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
  },
  desired: {
    position: 'absolute',
    top: -5,
    bottom: -5,
    width: 3,
    marginLeft: -1,
    background: theme.palette.text.primary,
  },
  facts: { color: theme.palette.text.secondary },
  words: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
}));

/** How much traffic the canary has, against how much it should have. */
export function WeightBar({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { desired, observed, verified } = rollout.weight;
  const words = {
    desired: formatWeight(desired, localeOf(t)) ?? t('value.unknown'),
    observed: formatWeight(observed, localeOf(t)) ?? t('value.unknown'),
  };
  const settled = verified && desired === observed;
  if (isEnded(rollout.phase)) {
    const { images, phase } = rollout;
    const image = describeImages(
      phase === 'Succeeded' ? images.canary : images.stable,
    );
    return (
      <section>
        <Typography variant="subtitle1" component="h3">
          {t('weight.title')}
        </Typography>
        <div className={classes.words}>{t('weight.ended', { image })}</div>
      </section>
    );
  }
  return (
    <section>
      <Typography variant="subtitle1" component="h3">
        {t('weight.title')}
      </Typography>
      <div>
        {t('weight.observed', { weight: words.observed })}{' '}
        <span className={classes.facts}>
          (
          {settled
            ? t('weight.settled')
            : t('weight.moving', { weight: words.desired })}
          )
        </span>
      </div>
      <div
        className={classes.track}
        role="img"
        aria-label={t('weight.label', words)}
      >
        <div
          className={classes.observed}
          style={{ width: percent(observed) }}
        />
        <div className={classes.desired} style={{ left: percent(desired) }} />
      </div>
      {otherExposure(t, rollout).map(sentence => (
        <div key={sentence} className={classes.facts}>
          {sentence}
        </div>
      ))}
    </section>
  );
}

/** How else than by weight users reach the canary. */
function otherExposure(t: Translate, { exposure }: Rollout): string[] {
  const routes = exposure.headerRoutes.map(
    ({ header, value }) => `${header}: ${value}`,
  );
  const copied = formatWeight(exposure.mirror?.percent ?? NaN, localeOf(t));
  return [
    ...(routes.length > 0
      ? [t('weight.headers', { routes: routes.join(', ') })]
      : []),
    ...(copied ? [t('weight.mirror', { weight: copied })] : []),
  ];
}

/** A width that stays inside the bar whatever the API says. */
function percent(weight: number): string {
  return `${Number.isFinite(weight) ? Math.min(100, Math.max(0, weight)) : 0}%`;
}
