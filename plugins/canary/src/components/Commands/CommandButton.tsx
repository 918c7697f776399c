import { useId } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import { commandLooks, toneColor } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { Hidden } from '../Words';
import { DANGEROUS, Offer } from './commandOrder';

const useStyles = makeStyles(theme => ({
  bad: {
    color: toneColor(theme, 'bad'),
    borderColor: toneColor(theme, 'bad'),
  },
  warn: {
    color: toneColor(theme, 'warn'),
    borderColor: toneColor(theme, 'warn'),
  },
  // Legible all the same: people want to read what they cannot do, too.
  refused: {
    color: theme.palette.text.secondary,
    borderColor: theme.palette.action.disabled,
    borderStyle: 'dashed',
    cursor: 'not-allowed',
  },
}));

/**
 * A button for one command. A refused one can still be reached by keyboard and
 * says why: it is disabled in its effect, not for the reader.
 */
export function CommandButton(props: {
  offer: Offer;
  main: boolean;
  /** Asked for, or, of a refused one, asked about. */
  onClick: () => void;
}) {
  const { offer, main, onClick } = props;
  const { command, refusal } = offer;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const whyId = useId();
  const { Icon } = commandLooks[command];
  const button = (
    <Button
      variant={main ? 'contained' : 'outlined'}
      color={main ? 'primary' : 'default'}
      className={look()}
      startIcon={<Icon />}
      aria-disabled={refusal ? true : undefined}
      aria-describedby={refusal ? whyId : undefined}
      onClick={onClick}
    >
      {t(`command.${command}.name`)}
    </Button>
  );
  if (!refusal) return button;
  return (
    <span>
      <Tooltip title={refusal}>{button}</Tooltip>
      <Hidden id={whyId}>{refusal}</Hidden>
    </span>
  );

  function look(): string | undefined {
    if (refusal) return classes.refused;
    if (!DANGEROUS.includes(command)) return undefined;
    return command === 'abort' ? classes.bad : classes.warn;
  }
}
