import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useCanaryTranslation } from '../../translation';
import { Hidden } from '../shared';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
  top: { display: 'flex', justifyContent: 'space-between' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 130px), 1fr))',
    gap: theme.spacing(2),
    margin: theme.spacing(2, 0),
  },
  columns: {
    display: 'grid',
    gap: theme.spacing(4),
    marginTop: theme.spacing(2),
    [theme.breakpoints.up('md')]: { gridTemplateColumns: '5fr 7fr' },
  },
}));

const lines = (count: number, height: number) =>
  Array.from({ length: count }, (_, index) => (
    <Skeleton key={index} height={height} />
  ));

/** The shape of what is about to be there: heading, state, facts, steps and versions. */
export function LoadingState() {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <div className={classes.root} aria-busy="true">
      <Hidden>{t('state.loading')}</Hidden>
      <div className={classes.top}>
        <Skeleton height={38} width="7rem" />
        <Skeleton variant="rect" height={38} width="11rem" />
      </div>
      <Card>
        <CardContent>
          <Skeleton height={40} width="45%" />
          <Skeleton height={28} width="80%" />
          <Skeleton height={48} width="60%" />
          <div className={classes.facts}>{lines(4, 44)}</div>
          <Skeleton variant="rect" height={38} width="50%" />
          <Skeleton height={64} />
          <div className={classes.columns}>
            <div>{lines(6, 32)}</div>
            <Skeleton variant="rect" height={192} />
          </div>
        </CardContent>
      </Card>
      <Skeleton variant="rect" height={320} />
    </div>
  );
}
