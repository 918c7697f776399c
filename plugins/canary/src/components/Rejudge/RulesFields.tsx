import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { MetricDefinition } from 'backstage-plugin-canary-common';
import { useId } from 'react';
import { useCanaryTranslation } from '../../translation';
import { RulesProblem } from './policy';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
  },
  text: { fontFamily: 'monospace', fontSize: '0.8125rem', lineHeight: 1.45 },
  field: {
    display: 'grid',
    gap: theme.spacing(0.5),
    alignContent: 'start',
    minWidth: 0,
  },
  // A label inside the frame has room for one line only.
  label: { overflowWrap: 'anywhere', color: theme.palette.text.secondary },
}));

/** One text for each metric: the rules that it had, to be changed. */
export function RulesFields(props: {
  metrics: Readonly<Record<string, MetricDefinition>>;
  texts: Readonly<Record<string, string>>;
  problems: ReadonlyMap<string, RulesProblem>;
  onChange: (metric: string, text: string) => void;
}) {
  const { metrics, texts, problems, onChange } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const id = useId();
  return (
    <div className={classes.root}>
      {Object.keys(metrics).map((metric, index) => (
        <div key={metric} className={classes.field}>
          <label className={classes.label} htmlFor={`${id}-${index}`}>
            {t('rejudge.rulesOf', { metric })}
          </label>
          <TextField
            id={`${id}-${index}`}
            value={texts[metric]}
            onChange={event => onChange(metric, event.target.value)}
            error={problems.has(metric)}
            helperText={whatIsWrong(metric)}
            variant="outlined"
            multiline
            minRows={4}
            maxRows={14}
            fullWidth
            InputProps={{ className: classes.text }}
            inputProps={{
              spellCheck: false,
              autoCapitalize: 'none',
              maxLength: 10_000,
            }}
          />
        </div>
      ))}
    </div>
  );

  function whatIsWrong(metric: string): string | undefined {
    const problem = problems.get(metric);
    if (!problem) return undefined;
    return problem.problem === 'notYaml'
      ? t('rejudge.notYaml', { message: problem.message })
      : t('rejudge.notRules');
  }
}
