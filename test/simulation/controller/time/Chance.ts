/* eslint-disable @backstage/no-relative-monorepo-imports -- the one random number of this repository */
import { seededRandom } from '../../../../plugins/canary-backend/src/analysis/testing/random';

/** Everything that is left to chance; the same seed gives the same. */
export class Chance {
  private readonly random: () => number;

  constructor(seed: number, purpose = '') {
    let mixed = Math.imul(seed + 1, 0x9e3779b1);
    for (const letter of purpose) {
      mixed = Math.imul(mixed + letter.charCodeAt(0), 0x85ebca6b);
    }
    this.random = seededRandom(mixed);
  }

  /** From `least` up to `most`. */
  between(least: number, most: number): number {
    return least + this.random() * (most - least);
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  /** Whether it happens, with this probability. */
  happens(probability: number): boolean {
    return this.random() < probability;
  }

  /** One of these. */
  oneOf<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)];
  }

  /** One of these, by weight. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    const sum = choices.reduce((total, [weight]) => total + weight, 0);
    let left = this.random() * sum;
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return choices[choices.length - 1][1];
  }
}
