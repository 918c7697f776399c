import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { useCanaryTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    background: theme.palette.background.default,
    padding: theme.spacing(1),
  },
  query: {
    flex: 1,
    minWidth: 0,
    margin: 0,
    fontFamily: 'monospace',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** The query as it was sent for the canary, to try it by hand. */
export function QueryText({ query }: { query: string }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <div className={classes.root}>
      <pre className={classes.query}>{query}</pre>
      <CopyTextButton text={query} aria-label={t('metrics.copyQuery')} />
    </div>
  );
}
