export { commandAppearances } from './commandAppearances';
export { phaseAppearance } from './phaseAppearance';
export type { Appearance } from './phaseAppearance';
export { toneColor } from './tone';
export type { Tone } from './tone';
export { verdictAppearance } from './verdictAppearance';
