import { lazy, Suspense } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { localeOf, useCanaryTranslation } from '../../translation';
import { FigureTile } from './figureTiles';
import { formatDay } from './formatDay';

// The chart library is heavy: nobody waits for it to read a number.
const WeekBars = lazy(() =>
  import('./WeekBars').then(m => ({ default: m.WeekBars })),
);

const HEIGHT = 56;

const useStyles = makeStyles(theme => ({
  root: { minWidth: 0 },
  fact: { color: theme.palette.text.secondary },
  none: { color: theme.palette.text.secondary, height: HEIGHT },
  ends: {
    display: 'flex',
    justifyContent: 'space-between',
    ...theme.typography.caption,
    color: theme.palette.text.secondary,
  },
}));

/** One figure: the number, what it counts, and its weeks as bars. */
export function FigurePanel({ tile }: { tile: FigureTile }) {
  const { title, value, fact, weeks } = tile;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const sentence = t('figures.sentence', {
    title,
    value: value ?? '',
    fact,
    weeks: weeks
      .map(week =>
        t('figures.sentenceWeek', {
          from: formatDay(week.from, localeOf(t)),
          value: week.words,
        }),
      )
      .join(', '),
  });
  return (
    <section className={classes.root} aria-label={title}>
      <Typography variant="subtitle2" component="h3">
        {title}
      </Typography>
      <Typography variant="h5" component="p">
        {value ?? t('figures.none')}
      </Typography>
      <Typography variant="body2" className={classes.fact}>
        {fact}
      </Typography>
      {value !== undefined && (
        <div role="img" aria-label={sentence}>
          <Suspense fallback={<Skeleton variant="rect" height={HEIGHT} />}>
            <WeekBars weeks={weeks} height={HEIGHT} />
          </Suspense>
          <div className={classes.ends}>
            <span>{formatDay(weeks[0].from, localeOf(t))}</span>
            <span>{formatDay(weeks[weeks.length - 1].from, localeOf(t))}</span>
          </div>
        </div>
      )}
    </section>
  );
}
