import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: (props: { lines: number }) => ({
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: props.lines,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
    // The frame of a focused link stands outside of its line.
    padding: theme.spacing(0.25),
    margin: theme.spacing(-0.25),
  }),
}));

/** Text from outside in a few lines at most, whatever its length and direction. */
export function Clamped(props: {
  lines?: number;
  title?: string;
  children: ReactNode;
}) {
  const { lines = 3, title, children } = props;
  const classes = useStyles({ lines });
  return (
    <span className={classes.root} title={title}>
      {children}
    </span>
  );
}
