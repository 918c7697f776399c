import { ReactNode, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  // Opened content takes a whole line of its own in a row of buttons.
  content: { flexBasis: '100%', minWidth: 0, order: 1 },
});

/** Something that is shown on demand, below the buttons beside it. */
export function Disclosure(props: {
  show: string;
  hide: string;
  /** The same with what it is of, for who hears the button alone. */
  showLabel?: string;
  hideLabel?: string;
  children: ReactNode;
}) {
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <Button
        size="small"
        aria-expanded={open}
        aria-controls={id}
        aria-label={open ? props.hideLabel : props.showLabel}
        onClick={() => setOpen(!open)}
      >
        {open ? props.hide : props.show}
      </Button>
      <div id={id} className={classes.content} hidden={!open}>
        {open && props.children}
      </div>
    </>
  );
}
