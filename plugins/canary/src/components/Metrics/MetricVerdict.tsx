import { makeStyles } from '@material-ui/core/styles';
import { Measurement } from 'backstage-plugin-canary-common';
import { formatCount } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../Words';

const useStyles = makeStyles(theme => ({
  verdict: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    overflowWrap: 'anywhere',
  },
  facts: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
}));

/** The latest verdict, the rule that gave it, and how many requests are behind it. */
export function MetricVerdict({ latest }: { latest: Measurement }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const canary = formatCount(latest.canarySample, localeOf(t));
  const stable = formatCount(latest.stableSample, localeOf(t));
  return (
    <>
      <div className={classes.verdict}>
        <VerdictLabel verdict={latest.verdict} />
        <span>{latest.rule}</span>
      </div>
      {(canary || stable) && (
        <div className={classes.facts}>
          {t('metrics.sampleSentence', {
            canary: canary ?? t('value.unknown'),
            stable: stable ?? t('value.unknown'),
          })}
        </div>
      )}
      {latest.message && <div className={classes.facts}>{latest.message}</div>}
    </>
  );
}
