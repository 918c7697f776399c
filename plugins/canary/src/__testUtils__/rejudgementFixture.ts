import {
  MetricRules,
  RejudgedLook,
  Rejudgement,
  RuledVerdict,
} from 'backstage-plugin-canary-common';
import { after, rolloutFixture } from './rolloutFixture';

const FAILS: RuledVerdict = {
  verdict: 'Fail',
  rule: '0.72 % is above the limit of 0.5 %',
};
const PASSES: RuledVerdict = { verdict: 'Pass', rule: '0.42 % is at most 1 %' };

/** Rules with a limit, and everything else as it mostly is. */
export function limitRules(max: number): MetricRules {
  return {
    judge: { kind: 'threshold', params: { max } },
    minimumSample: 20,
    failureLimit: 0,
    inconclusiveLimit: 0,
  };
}

function look(
  seconds: number,
  overrides: Partial<RejudgedLook> = {},
): RejudgedLook {
  return {
    scope: 'background',
    at: after(seconds),
    weight: 10,
    before: PASSES,
    after: { verdict: 'Pass', rule: '0.42 % is at most 0.5 %' },
    ...overrides,
  };
}

/** The error rate would have failed under half of its limit, the latency as before. */
export function rejudgementFixture(
  overrides: Partial<Rejudgement> = {},
): Rejudgement {
  const fail = {
    metric: 'error-rate',
    scope: 'background',
    at: after(336),
    weight: 10,
    rule: FAILS.rule,
  };
  const latency: RuledVerdict = {
    verdict: 'Pass',
    rule: '212 ms is at most 400 ms',
  };
  return {
    rolloutId: rolloutFixture().id,
    result: 'failed',
    message: 'With these rules error-rate would have failed.',
    fail,
    really: {
      result: 'RolledBack',
      endedAt: after(344),
      fail: {
        ...fail,
        at: after(340),
        rule: '1.8 % is above the limit of 1 %',
      },
    },
    laterMs: -4000,
    measurements: 6,
    metrics: [
      {
        metric: 'error-rate',
        title: 'Error rate',
        unit: 'percent',
        before: {
          rules: limitRules(1),
          fail: { ...fail, at: after(340) },
          standing: { ...FAILS, rule: '1.8 % is above the limit of 1 %' },
        },
        after: { rules: limitRules(0.5), fail, standing: FAILS },
        notes: [],
        looks: [
          look(332),
          look(334, {
            before: { verdict: 'NoData', rule: '3 of 20 requests' },
            after: { verdict: 'NoData', rule: '3 of 20 requests' },
          }),
          look(336, { after: FAILS }),
          look(340, { before: FAILS, after: FAILS }),
        ],
      },
      {
        metric: 'latency',
        title: 'Latency p95',
        unit: 'ms',
        before: { rules: limitRules(400), standing: latency },
        after: { rules: limitRules(400), standing: latency },
        notes: [],
        looks: [
          look(332, { before: latency, after: latency }),
          look(336, { before: latency, after: latency }),
        ],
      },
    ],
    ...overrides,
  };
}
