export { decideCommand } from './decideCommand';
export { askGuards, GUARDS, takesOver } from './guards';
export type { MachineCommand } from './guards';
