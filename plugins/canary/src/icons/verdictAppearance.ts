import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HighlightOffIcon from '@material-ui/icons/HighlightOff';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import { Verdict } from 'backstage-plugin-canary-common';
import { Appearance } from './phaseAppearance';

const APPEARANCES: Readonly<Record<Verdict, Appearance>> = {
  Pass: { Icon: CheckCircleIcon, tone: 'good' },
  Fail: { Icon: HighlightOffIcon, tone: 'bad' },
  // Not decided yet is a wait, not trouble.
  Inconclusive: { Icon: HourglassEmptyIcon, tone: 'calm' },
  NoData: { Icon: RadioButtonUncheckedIcon, tone: 'calm' },
  Error: { Icon: ErrorIcon, tone: 'warn' },
};

/** Icon and tone of a verdict. */
export function verdictAppearance(verdict: Verdict): Appearance {
  return APPEARANCES[verdict] ?? APPEARANCES.NoData;
}
