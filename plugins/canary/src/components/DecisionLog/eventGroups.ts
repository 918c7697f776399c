import FlagIcon from '@material-ui/icons/Flag';
import GavelIcon from '@material-ui/icons/Gavel';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import PersonIcon from '@material-ui/icons/Person';
import ShuffleIcon from '@material-ui/icons/Shuffle';
import WarningIcon from '@material-ui/icons/Warning';
import { RolloutEventKind } from 'backstage-plugin-canary-common';
import { Appearance } from '../../icons';

/** What a reader looks for in a log; each kind of event belongs to one. */
export const EVENT_GROUPS = [
  'people',
  'decisions',
  'traffic',
  'progress',
  'waits',
  'warnings',
] as const;

/** @see EVENT_GROUPS */
export type EventGroup = (typeof EVENT_GROUPS)[number];

const GROUP_OF: Readonly<Record<RolloutEventKind, EventGroup>> = {
  Command: 'people',
  Decision: 'decisions',
  ExposureChanged: 'traffic',
  Started: 'progress',
  PhaseChanged: 'progress',
  StepStarted: 'progress',
  StepCompleted: 'progress',
  Ended: 'progress',
  HoldAdded: 'waits',
  HoldCleared: 'waits',
  ControllerGap: 'warnings',
  Warning: 'warnings',
};

/** Icon and tone of a group. */
export const groupAppearances: Readonly<Record<EventGroup, Appearance>> = {
  people: { Icon: PersonIcon, tone: 'busy' },
  decisions: { Icon: GavelIcon, tone: 'calm' },
  traffic: { Icon: ShuffleIcon, tone: 'busy' },
  progress: { Icon: FlagIcon, tone: 'good' },
  waits: { Icon: HourglassEmptyIcon, tone: 'calm' },
  warnings: { Icon: WarningIcon, tone: 'warn' },
};

/** The group of a kind; one that is new to this page is a decision. */
export function groupOf(kind: RolloutEventKind): EventGroup {
  return GROUP_OF[kind] ?? 'decisions';
}
