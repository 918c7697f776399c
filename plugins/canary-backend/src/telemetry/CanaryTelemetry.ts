import {
  MetricsService,
  MetricsServiceCounter,
} from '@backstage/backend-plugin-api/alpha';
import { Measurement, Outcome, Phase } from 'backstage-plugin-canary-common';

/**
 * Counters about ourselves. Labels come from closed sets only: the name of a
 * rollout or a workload as a label would grow the series without end.
 *
 * The metrics service is alpha: this file alone knows it, and without it
 * everything here does nothing.
 */
export class CanaryTelemetry {
  private constructor(
    private readonly counters: Partial<
      Record<
        | 'ticks'
        | 'decisions'
        | 'conflicts'
        | 'measurements'
        | 'ended'
        | 'swept',
        MetricsServiceCounter
      >
    >,
  ) {}

  static create(options: { readonly metrics?: MetricsService }) {
    const { metrics } = options;
    if (!metrics) return new CanaryTelemetry({});
    return new CanaryTelemetry({
      ticks: metrics.createCounter('canary.ticks', {
        description: 'Looks at rollouts by this controller',
        unit: '{tick}',
      }),
      decisions: metrics.createCounter('canary.decisions', {
        description: 'Committed decisions, by the phase they lead to',
        unit: '{decision}',
      }),
      conflicts: metrics.createCounter('canary.commit.conflicts', {
        description: 'Decisions lost to a faster writer of the same rollout',
        unit: '{conflict}',
      }),
      measurements: metrics.createCounter('canary.measurements', {
        description: 'Measurements taken, by verdict',
        unit: '{measurement}',
      }),
      ended: metrics.createCounter('canary.rollouts.ended', {
        description: 'Rollouts that ended, by result',
        unit: '{rollout}',
      }),
      swept: metrics.createCounter('canary.objects.swept', {
        description: 'Objects that arrived after the end of their rollout',
        unit: '{object}',
      }),
    });
  }

  /** Objects were removed that had arrived after the end of their rollout. */
  swept(objects: number): void {
    this.counters.swept?.add(objects);
  }

  /** One tick ran, whatever came of it. */
  ticked(): void {
    this.counters.ticks?.add(1);
  }

  /** A decision was committed. */
  decided(phase: Phase): void {
    this.counters.decisions?.add(1, { phase });
  }

  /** A commit lost to another writer. */
  conflicted(): void {
    this.counters.conflicts?.add(1);
  }

  /** Measurements were recorded. */
  measured(measurements: readonly Pick<Measurement, 'verdict'>[]): void {
    for (const { verdict } of measurements) {
      this.counters.measurements?.add(1, { verdict });
    }
  }

  /** A rollout ended. */
  ended(result: Outcome['result']): void {
    this.counters.ended?.add(1, { result });
  }
}
