import { makeStyles, useTheme } from '@material-ui/core/styles';
import { Verdict, VERDICTS } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { pointColors, VerdictPoint } from './VerdictPoint';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
    padding: 0,
    color: theme.palette.text.secondary,
  },
  item: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
}));

/** What the shapes of the points mean, for those that the chart has. */
export function VerdictKey({ verdicts }: { verdicts: ReadonlySet<Verdict> }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const colors = pointColors(useTheme());
  return (
    <ul className={classes.root} aria-label={t('metrics.points')}>
      {VERDICTS.filter(verdict => verdicts.has(verdict)).map(verdict => (
        <li key={verdict} className={classes.item}>
          <svg width={14} height={14} aria-hidden>
            <VerdictPoint cx={7} cy={7} verdict={verdict} colors={colors} />
          </svg>
          {t(`verdict.${verdict}`)}
        </li>
      ))}
    </ul>
  );
}
