import { InfoCard } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Figures } from 'backstage-plugin-canary-common';
import { localeOf, useCanaryTranslation } from '../../translation';
import { FigurePanel } from './FigurePanel';
import { figureTiles } from './figureTiles';
import { formatDay } from './formatDay';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 210px), 1fr))',
    gap: theme.spacing(3),
  },
}));

/** How often, how many came back, how long: after DORA, as text and as bars. */
export function DeliveryFigures({ figures }: { figures?: Figures }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const from = figures?.weeks[0]?.from;
  return (
    <InfoCard
      title={t('figures.title')}
      titleTypographyProps={{ component: 'h2' }}
      subheader={
        from && t('figures.since', { from: formatDay(from, localeOf(t)) })
      }
    >
      {!figures && <Skeleton variant="rect" height={120} />}
      {figures && (
        <div className={classes.root}>
          {figureTiles(t, figures).map(tile => (
            <FigurePanel key={tile.key} tile={tile} />
          ))}
        </div>
      )}
      {figures?.truncated && (
        <Typography variant="body2" color="textSecondary">
          {t('figures.truncated')}
        </Typography>
      )}
    </InfoCard>
  );
}
