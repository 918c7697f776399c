import { makeStyles } from '@material-ui/core/styles';
import { commandAppearances, toneColor } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ExplainedButton } from '../shared';
import { DANGEROUS, Offer } from './commandOrder';

const useStyles = makeStyles(theme => ({
  bad: {
    color: toneColor(theme, 'bad'),
    borderColor: toneColor(theme, 'bad'),
  },
  // Orange words are not legible on white: the icon and the frame say it.
  warn: {
    borderColor: toneColor(theme, 'warn'),
    '& .MuiButton-startIcon': { color: toneColor(theme, 'warn') },
  },
}));

/** A button for one command; a refused one says why. */
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
  const { Icon } = commandAppearances[command];
  return (
    <ExplainedButton
      variant={main ? 'contained' : 'outlined'}
      color={main ? 'primary' : 'default'}
      className={toneClass()}
      startIcon={<Icon />}
      refusal={refusal}
      onRefused={onClick}
      onClick={onClick}
    >
      {t(`command.${command}.name`)}
    </ExplainedButton>
  );

  function toneClass(): string | undefined {
    if (refusal || !DANGEROUS.includes(command)) return undefined;
    return command === 'abort' ? classes.bad : classes.warn;
  }
}
