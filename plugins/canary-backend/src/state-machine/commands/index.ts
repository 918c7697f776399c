export { decideCommand } from './decideCommand';
export { allowedCommands, GUARDS, takesOver } from './guards';
export type { MachineCommand } from './guards';
