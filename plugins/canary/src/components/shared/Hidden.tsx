import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    position: 'absolute',
    width: 1,
    height: 1,
    margin: -1,
    padding: 0,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
    border: 0,
  },
});

/** Text for screen readers only. */
export function Hidden(props: {
  children: ReactNode;
  id?: string;
  role?: 'status';
  'aria-live'?: 'polite';
}) {
  const { children, ...attributes } = props;
  const classes = useStyles();
  return (
    <span {...attributes} className={classes.root}>
      {children}
    </span>
  );
}
