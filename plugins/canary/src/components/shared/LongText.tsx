import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  text: {
    display: 'inline-block',
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    verticalAlign: 'bottom',
  },
});

/** Text of any length in one line; whole as a tooltip. */
export function LongText({ children }: { children: string }) {
  const classes = useStyles();
  return (
    <span className={classes.text} title={children}>
      {children}
    </span>
  );
}
