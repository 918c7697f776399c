import SvgIcon from '@material-ui/core/SvgIcon';
import BuildIcon from '@material-ui/icons/Build';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PauseCircleFilledIcon from '@material-ui/icons/PauseCircleFilled';
import PublishIcon from '@material-ui/icons/Publish';
import RestoreIcon from '@material-ui/icons/SettingsBackupRestore';
import TrendingUpIcon from '@material-ui/icons/TrendingUp';
import UndoIcon from '@material-ui/icons/Undo';
import { Phase } from 'backstage-plugin-canary-common';
import { Tone } from './tone';

/** How a state looks beside its word. */
export interface Appearance {
  readonly Icon: typeof SvgIcon;
  readonly tone: Tone;
}

const APPEARANCES: Readonly<Record<Phase, Appearance>> = {
  Pending: { Icon: HourglassEmptyIcon, tone: 'calm' },
  Initializing: { Icon: BuildIcon, tone: 'busy' },
  Progressing: { Icon: TrendingUpIcon, tone: 'busy' },
  Paused: { Icon: PauseCircleFilledIcon, tone: 'warn' },
  Promoting: { Icon: PublishIcon, tone: 'busy' },
  RollingBack: { Icon: UndoIcon, tone: 'bad' },
  Succeeded: { Icon: CheckCircleIcon, tone: 'good' },
  RolledBack: { Icon: RestoreIcon, tone: 'bad' },
};

/** Icon and tone of a phase. */
export function phaseAppearance(phase: Phase): Appearance {
  return APPEARANCES[phase] ?? APPEARANCES.Pending;
}
