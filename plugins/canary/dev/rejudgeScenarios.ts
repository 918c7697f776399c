import { InputError, NotAllowedError } from '@backstage/errors';
import { CanaryApi, RejudgedLook } from 'backstage-plugin-canary-common';
import {
  after,
  FakeCanaryApi,
  measurementFixture,
  rejudgementFixture,
  rolledBackFixture,
  succeededFixture,
} from '../src/__testUtils__';

const long = 'ratio-of-failed-checkouts-to-all-of-them-in-the-last-window-';

function api(
  rollout = rolledBackFixture(),
  initial: Partial<FakeCanaryApi> = {},
): FakeCanaryApi {
  return new FakeCanaryApi({
    rollouts: [rollout],
    measurements: Array.from({ length: 30 }, (_, n) =>
      measurementFixture(n - 30),
    ),
    ...initial,
  });
}

/** Names and rules without a space, and more looks than are shown. */
function longTexts(): CanaryApi {
  const answer = rejudgementFixture();
  const [errors, latency] = answer.metrics;
  const rule = `${long.repeat(4)} is above the limit`;
  const looks = Array.from(
    { length: 400 },
    (_, n): RejudgedLook => ({
      scope: 'background',
      at: after(n),
      weight: 5,
      before: { verdict: 'Pass', rule },
      after: { verdict: 'Inconclusive', rule },
    }),
  );
  const metric = long.repeat(2);
  const definition = rolledBackFixture().plan.metrics['error-rate'];
  return api(
    rolledBackFixture({
      plan: {
        ...rolledBackFixture().plan,
        metrics: { [metric]: { ...definition, name: metric } },
      },
    }),
    {
      rejudgement: {
        ...answer,
        fail: { ...answer.fail!, metric, rule },
        metrics: [
          { ...errors, metric, notes: [rule], looks },
          { ...latency, notJudged: rule, looks: [], after: {} },
        ],
      },
    },
  );
}

function failing(error: Error): CanaryApi {
  const fake = api();
  fake.rejudge = async () => {
    throw error;
  };
  return fake;
}

/** The dialog that judges a finished rollout again, in all its states. */
export const rejudgeScenarios: Record<string, () => CanaryApi> = {
  rejudge: () => api(),
  rejudgePassed: () =>
    api(succeededFixture(), {
      rejudgement: rejudgementFixture({
        result: 'passed',
        fail: undefined,
        laterMs: undefined,
        really: { result: 'Succeeded', endedAt: after(460) },
        metrics: rejudgementFixture().metrics.slice(1),
      }),
    }),
  rejudgeLong: longTexts,
  rejudgeForbidden: () => failing(new NotAllowedError('Unauthorized')),
  rejudgeRefused: () =>
    failing(
      new InputError(
        'The policy to judge again by is invalid:\n- metrics.error-rate.judge: does not know "maxx"; remove it or correct its spelling\n- metrics.latency.failureLimit: Too small: expected number to be >=0',
      ),
    ),
  rejudgeWaits: () => {
    const fake = api();
    fake.rejudge = () => new Promise(() => {});
    return fake;
  },
};
