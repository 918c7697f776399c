import { RolloutEvent } from 'backstage-plugin-canary-common';
import { epochOf } from '../../format';

/** Beginning and length of one step; the length is absent while it lasts. */
export interface StepTime {
  readonly startedAt: string;
  readonly tookMs?: number;
}

/** What the history tells about the steps, by their index; the gate's follows the last one's. */
export interface StepTimes {
  readonly steps: ReadonlyMap<number, StepTime>;
  readonly promotion?: StepTime;
}

/** Reads the history, the newest first, for when each step began and ended. */
export function stepTimes(newestFirst: readonly RolloutEvent[]): StepTimes {
  const steps = new Map<number, StepTime>();
  let promotion: StepTime | undefined;
  for (const event of [...newestFirst].reverse()) {
    const { kind, at, data } = event;
    const index = data.step;
    if (kind === 'StepStarted' && typeof index === 'number') {
      steps.set(index, { startedAt: at });
    }
    if (kind === 'StepCompleted' && typeof index === 'number') {
      const begun = steps.get(index);
      if (begun) steps.set(index, ended(begun, at));
    }
    if (kind === 'PhaseChanged' && data.to === 'Promoting') {
      // The gate has no end of its own: it opens into the promotion.
      const last = Math.max(-1, ...steps.keys());
      const gate = steps.get(last);
      if (gate && gate.tookMs === undefined) {
        steps.set(last, isGate(newestFirst, last) ? ended(gate, at) : gate);
      }
      promotion = { startedAt: at };
    }
    if (kind === 'Ended' && promotion) promotion = ended(promotion, at);
  }
  return { steps, promotion };
}

function isGate(events: readonly RolloutEvent[], index: number): boolean {
  return events.some(
    ({ kind, data }) =>
      kind === 'StepStarted' && data.step === index && data.kind === 'gate',
  );
}

function ended(time: StepTime, at: string): StepTime {
  const from = epochOf(time.startedAt);
  const to = epochOf(at);
  return from === undefined || to === undefined
    ? time
    : { ...time, tookMs: Math.max(0, to - from) };
}
