import { makeStyles } from '@material-ui/core/styles';
import { RejudgedMetric } from 'backstage-plugin-canary-common';
import { formatInstant, formatWeight } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { VerdictLabel } from '../shared';
import { rulesSentence } from './rulesSentence';

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  name: { color: theme.palette.text.secondary },
  value: { margin: 0, display: 'grid', gap: theme.spacing(0.5) },
  standing: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
  },
  code: { fontFamily: 'monospace', fontSize: '0.8125rem' },
}));

/** What one set of rules says of a metric: the rules, the standing, the failure. */
export function RulesAnswer(props: {
  name: string;
  answer: RejudgedMetric['before'];
}) {
  const {
    name,
    answer: { rules, fail, standing },
  } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <div className={classes.root}>
      <dt className={classes.name}>{name}</dt>
      <dd className={classes.value}>
        {rules ? (
          <bdi className={classes.code}>{rulesSentence(rules)}</bdi>
        ) : (
          <span>{t('rejudge.noRules')}</span>
        )}
        {fail && (
          <span>
            {t('rejudge.failedAt', {
              at: formatInstant(fail.at, localeOf(t)),
              weight: formatWeight(fail.weight, localeOf(t)) ?? '–',
            })}
          </span>
        )}
        {standing && (
          <div className={classes.standing}>
            <VerdictLabel verdict={standing.verdict} />
            <bdi>{standing.rule}</bdi>
          </div>
        )}
      </dd>
    </div>
  );
}
