import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Rejudgement, Verdict } from 'backstage-plugin-canary-common';
import { verdictAppearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../shared';
import { answerSentence } from './answerSentence';
import { MetricAnswer } from './MetricAnswer';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
  sentence: {
    display: 'flex',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
    minWidth: 0,
  },
  words: { minWidth: 0 },
  icon: { display: 'flex', paddingTop: theme.spacing(0.5) },
  rule: { color: theme.palette.text.secondary },
}));

const VERDICTS: Readonly<Record<Rejudgement['result'], Verdict>> = {
  failed: 'Fail',
  passed: 'Pass',
  undecided: 'Inconclusive',
  notJudged: 'NoData',
};

/** What the other rules say: a sentence first, then metric by metric. */
export function Answer(props: { answer?: Rejudgement; busy: boolean }) {
  const { answer, busy } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const unjudged =
    answer && answer.result !== 'notJudged' ? unjudgedOf(answer) : [];
  return (
    <div className={classes.root} aria-busy={busy}>
      <div role="status">
        {busy && <span>{t('rejudge.judging')}</span>}
        {answer && (
          <div className={classes.sentence}>
            <span className={classes.icon}>
              <ToneIcon
                appearance={verdictAppearance(VERDICTS[answer.result])}
              />
            </span>
            <div className={classes.words}>
              <Typography variant="subtitle1" component="p">
                {answerSentence(t, answer)}
              </Typography>
              {answer.fail && (
                <bdi className={classes.rule}>{answer.fail.rule}</bdi>
              )}
              {unjudged.length > 0 && (
                <div className={classes.rule}>
                  {t('rejudge.notAllJudged', { metrics: unjudged.join(', ') })}
                </div>
              )}
            </div>
          </div>
        )}
      </div>
      {busy && <Skeleton variant="rect" height={120} />}
      {answer?.metrics.map(metric => (
        <MetricAnswer key={metric.metric} metric={metric} />
      ))}
    </div>
  );
}

/** Metrics that the other rules know and that could not be judged by them. */
function unjudgedOf({ metrics }: Rejudgement): string[] {
  return metrics
    .filter(one => one.after.rules && one.notJudged !== undefined)
    .map(({ metric }) => metric);
}
