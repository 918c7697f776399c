import { makeStyles } from '@material-ui/core/styles';
import { Measurement } from 'backstage-plugin-canary-common';
import { formatValue } from '../../format';
import { Translate, useCanaryTranslation } from '../../translation';
import { describeBaseline, VerdictLabel } from '../Words';

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
  const canary = requests(latest.canarySample);
  const stable = requests(latest.stableSample);
  return (
    <>
      <div className={classes.verdict}>
        <VerdictLabel verdict={latest.verdict} />
        <span>{latest.rule}</span>
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

/** Whole requests: what a metrics server extrapolates between scrapes has fractions. */
function requests(sample: number | undefined): string | undefined {
  return formatValue(sample === undefined ? sample : Math.round(sample), '');
}
