import { Outcome } from 'backstage-plugin-canary-common';
import { Desired, RolloutState } from '../../rollout';
import { RolloutKind } from '../kindOf';

/** What a promotion is in a kind of rollout. */
interface PromotionRules {
  /** What becomes of the stable. */
  readonly stable: Desired['stable'];
  /** What is waited for as it begins. */
  readonly begun: (name: string) => string;
  /** What is true once every pod of the stable has the images. */
  readonly done: {
    readonly decision: 'promoted' | 'observed';
    readonly message: (name: string) => string;
  };
  readonly outcome: (
    rollout: RolloutState,
    name: string,
  ) => Pick<Outcome, 'reason' | 'message'>;
}

const newImages: Omit<PromotionRules, 'outcome'> = {
  stable: 'promoted',
  begun: name => `Deployment ${name} is about to get the new images.`,
  done: {
    decision: 'promoted',
    message: name =>
      `Every pod of Deployment ${name} runs the new version and is available.`,
  },
};

/** Who promotes what, and how that ends. */
export const promotionRules: Readonly<Record<RolloutKind, PromotionRules>> = {
  canary: {
    ...newImages,
    outcome: ({ promotion }, name) =>
      promotion?.cause === 'full'
        ? {
            reason: 'PromotedFull',
            message: `Deployment ${name} runs the new version; a person skipped the rest of the plan.`,
          }
        : {
            reason: 'Promoted',
            message: `Deployment ${name} runs the new version.`,
          },
  },
  // The stable runs those images already, and is not written to at all.
  observe: {
    stable: 'untouched',
    begun: name =>
      `Deployment ${name} stays as it is; the pods beside it are taken away.`,
    done: {
      decision: 'observed',
      message: name =>
        `Deployment ${name} was observed beside itself and stays as it is.`,
    },
    outcome: (_, name) => ({
      reason: 'Observed',
      message: `Deployment ${name} was observed beside itself; nothing was released.`,
    }),
  },
  restore: {
    ...newImages,
    outcome: (_, name) => ({
      reason: 'RolledBackToPrevious',
      message: `Deployment ${name} runs its previous images again.`,
    }),
  },
};
