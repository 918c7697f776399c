import CheckIcon from '@material-ui/icons/Check';
import DoneAllIcon from '@material-ui/icons/DoneAll';
import PauseIcon from '@material-ui/icons/Pause';
import PlayArrowIcon from '@material-ui/icons/PlayArrow';
import ReplayIcon from '@material-ui/icons/Replay';
import ReportIcon from '@material-ui/icons/Report';
import RestoreIcon from '@material-ui/icons/SettingsBackupRestore';
import { Command } from 'backstage-plugin-canary-common';
import { Appearance } from './phaseAppearance';

/** Icon and tone of a command's button. */
export const commandAppearances: Readonly<Record<Command, Appearance>> = {
  promote: { Icon: CheckIcon, tone: 'good' },
  promoteFull: { Icon: DoneAllIcon, tone: 'warn' },
  abort: { Icon: ReportIcon, tone: 'bad' },
  pause: { Icon: PauseIcon, tone: 'calm' },
  resume: { Icon: PlayArrowIcon, tone: 'calm' },
  retry: { Icon: ReplayIcon, tone: 'calm' },
  rollback: { Icon: RestoreIcon, tone: 'warn' },
};
