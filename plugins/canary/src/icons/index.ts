export { commandLooks } from './commandLook';
export { phaseLook } from './phaseLook';
export type { Look } from './phaseLook';
export { toneColor } from './tone';
export type { Tone } from './tone';
export { verdictLook } from './verdictLook';
