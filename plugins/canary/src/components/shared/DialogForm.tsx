import { FormEvent, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    flex: 1,
    minHeight: 0,
  },
});

/** The form of a dialog: title and buttons stay, what is between them scrolls. */
export function DialogForm(props: {
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}) {
  const { onSubmit, children } = props;
  const classes = useStyles();
  return (
    <form onSubmit={onSubmit} noValidate className={classes.root}>
      {children}
    </form>
  );
}
