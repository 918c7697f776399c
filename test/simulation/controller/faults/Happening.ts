/** What happens to a rollout's world at one moment, or from it on for a while; a value, so that a story can be told without it. */
export interface Happening {
  /** Names a row of `HAPPENINGS`. */
  readonly kind: string;
  /** Milliseconds since the world began. */
  readonly atMs: number;
  /** How long it lasts; 0 for what is over at once. */
  readonly forMs: number;
  /** Which replica, by number; most do not care. */
  readonly replica: number;
  /** A share, a weight, a number of pods: what the kind says. */
  readonly amount: number;
  /** A status, a verb, an object: what the kind says. */
  readonly what: string;
}
