import { makeStyles } from '@material-ui/core/styles';
import { Measurement } from 'backstage-plugin-canary-common';
import { formatCount } from '../../format';
import { localeOf, Translate, useCanaryTranslation } from '../../translation';
import { describeBaseline, VerdictLabel } from '../shared';

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
        <bdi>{latest.rule}</bdi>
      </div>
      {(canary || stable) && (
        <div className={classes.facts}>
          {sampleSentence(t, latest.baseline, {
            canary: canary ?? t('value.unknown'),
            stable: stable ?? t('value.unknown'),
          })}
        </div>
      )}
      {latest.message && <div className={classes.facts}>{latest.message}</div>}
    </>
  );
}

function sampleSentence(
  t: Translate,
  baseline: Measurement['baseline'],
  values: { readonly canary: string; readonly stable: string },
): string {
  return baseline
    ? t('metrics.sampleSentenceOther', {
        ...values,
        baseline: describeBaseline(t, baseline),
      })
    : t('metrics.sampleSentence', values);
}
