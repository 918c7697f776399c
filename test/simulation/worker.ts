/** Plays the pieces that `main.ts` sends, one after the other. */
import { Player, playRollouts, Stop } from './playRollouts';
import { SCENARIOS } from './scenarios';

/** A piece of work: some rollouts of one scenario under one judge. */
export interface Piece {
  readonly scenario: number;
  readonly player: Player;
  readonly rollouts: number;
  readonly seed: number;
}

/** What came of a piece. */
export interface Played {
  readonly piece: Piece;
  readonly stops: readonly Stop[];
}

process.on('message', (piece: Piece) => {
  const scenario = SCENARIOS[piece.scenario];
  const stops = playRollouts({ ...piece, scenario });
  process.send!({ piece, stops } satisfies Played);
});
