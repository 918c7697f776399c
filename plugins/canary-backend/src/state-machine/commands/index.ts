export { decideCommand } from './decideCommand';
export { allowedCommands, GUARDS, refusedCommands, takesOver } from './guards';
export type { MachineCommand } from './guards';
