import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { MetricDetectability } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { errorSentence, metricSentences } from './detectabilityStory';

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  line: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  caveat: { color: theme.palette.text.secondary },
}));

/** What the plan would notice, and how often it would be wrong; nothing where no metric is judged by evidence. */
export function Detectability({
  detectability,
}: {
  detectability: readonly MetricDetectability[];
}) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  if (detectability.length === 0) return null;
  return (
    <>
      <Typography variant="subtitle2" component="h4">
        {t('start.detectability')}
      </Typography>
      <ul className={classes.list} aria-label={t('start.detectability')}>
        {detectability.map(each => (
          <li key={each.metric} className={classes.line}>
            {metricSentences(t, each).join(' ')}
          </li>
        ))}
      </ul>
      <div className={classes.caveat}>{errorSentence(t, detectability)}</div>
    </>
  );
}
