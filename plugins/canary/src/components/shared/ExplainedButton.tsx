import { useId, useState } from 'react';
import Button, { ButtonProps } from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import { Hidden } from './Hidden';

const useStyles = makeStyles(theme => ({
  // Legible all the same: people want to read what they cannot do, too.
  refused: {
    color: theme.palette.text.secondary,
    background: 'none',
    boxShadow: 'none',
    border: `1px dashed ${theme.palette.text.secondary}`,
    cursor: 'not-allowed',
    '&:hover': { background: theme.palette.action.hover, boxShadow: 'none' },
  },
}));

/**
 * A button that says why it does nothing now. It is disabled in its effect and
 * not for the reader: keyboard, finger and screen reader come to the reason.
 */
export function ExplainedButton(
  props: Omit<ButtonProps, 'disabled' | 'ref'> & {
    /** Why it cannot be used now; usable without. */
    refusal?: string;
    /** A refused one was pressed all the same: says why in its own place. */
    onRefused?: () => void;
  },
) {
  const { refusal, onRefused, ...button } = props;
  const classes = useStyles();
  const whyId = useId();
  const [told, setTold] = useState(false);
  if (!refusal) return <Button {...button} />;
  return (
    <span>
      <Tooltip
        title={refusal}
        open={told}
        onOpen={() => setTold(true)}
        onClose={() => setTold(false)}
      >
        <Button
          {...button}
          color="default"
          className={`${button.className ?? ''} ${classes.refused}`}
          aria-disabled
          aria-describedby={whyId}
          onClick={() => {
            setTold(!onRefused);
            onRefused?.();
          }}
        />
      </Tooltip>
      <Hidden id={whyId}>{refusal}</Hidden>
    </span>
  );
}
