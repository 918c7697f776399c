import { ReactNode } from 'react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(5, 3),
    display: 'grid',
    // Lines to copy scroll in their own frame, and do not widen the page.
    gridTemplateColumns: 'minmax(0, 1fr)',
    justifyItems: 'center',
    gap: theme.spacing(2),
    textAlign: 'center',
  },
  help: { maxWidth: '34rem', overflowWrap: 'anywhere' },
  body: { maxWidth: '100%' },
}));

/** A page-wide state: what is the case, why, and what can be done. */
export function Notice(props: {
  icon: ReactNode;
  title: string;
  help: string;
  children?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <Paper className={classes.root} variant="outlined">
      {props.icon}
      <Typography variant="h5" component="h2">
        {props.title}
      </Typography>
      <Typography color="textSecondary" className={classes.help}>
        {props.help}
      </Typography>
      {props.children && <div className={classes.body}>{props.children}</div>}
    </Paper>
  );
}
