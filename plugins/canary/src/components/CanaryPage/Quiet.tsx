import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { Appearance } from '../../icons';
import { ToneIcon } from '../shared';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body1,
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 2),
  },
}));

/** A part of the page that has nothing to list, in a line. */
export function Quiet(props: { appearance: Appearance; children: string }) {
  const classes = useStyles();
  return (
    <Paper className={classes.root}>
      <ToneIcon appearance={props.appearance} />
      {props.children}
    </Paper>
  );
}
