import { useState } from 'react';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Hold, Rollout } from 'backstage-plugin-canary-common';
import {
  FakeCanaryApi,
  pausedFixture,
  planFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { freezeClock } from '../../__testUtils__/freezeClock';
import { renderWith } from '../../__testUtils__/renderTab';
import { NowCard } from './NowCard';

/** Later than the page's own clock began, which then looks at the time anew. */
const now = Date.now() + 3_600_000;
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();

const render = (rollout: Rollout) =>
  renderWith(
    new FakeCanaryApi(),
    <NowCard rollout={rollout} latest={rollout.metrics as never} />,
  );

/** The visible sentence. */
async function headline() {
  const [strong] = await screen.findAllByText(/:$/, { selector: 'strong' });
  return strong.closest('p')!.textContent;
}

const held = (hold: Partial<Hold>, changed: Partial<Rollout> = {}) =>
  pausedFixture({
    holds: [
      {
        reason: 'StepPause',
        message: 'M.',
        since: at(-240),
        endsBy: 'person',
        ...hold,
      },
    ],
    ...changed,
  });

describe('NowCard', () => {
  beforeEach(() => {
    freezeClock(now);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('says of a rollout that only observes that no metric decides, and that nothing is promoted', async () => {
    const plan = planFixture({ observeOnly: true });
    await render(rolloutFixture({ plan }));
    expect(await headline()).toMatch(
      /^Progressing at .*: Observing only, no metric decides\. Waits for /,
    );
    const steps = await screen.findByRole('list', { name: 'Steps' });
    expect(
      within(steps)
        .getAllByRole('listitem')
        .slice(-2)
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(/^Gate: watched once more, whatever/),
      expect.stringMatching(/^Nothing is promoted/),
    ]);
  });

  it.each<[string, Rollout, string]>([
    [
      'an approval, by whom',
      held({
        reason: 'Approval',
        approvers: ['group:default/sre', 'user:a/b'],
      }),
      'Paused at 50 %: waiting for approval by group sre or a/b, for 4 min',
    ],
    [
      'a planned pause, its end',
      held({ endsBy: 'time', until: at(8) }),
      'Paused at 50 %: planned pause, goes on in 8 sec',
    ],
    [
      'a pause with a limit, what happens then',
      held({ endsBy: 'rollback', until: at(8) }),
      'Paused at 50 %: planned pause until somebody promotes, taken back in 8 sec unless this ends first',
    ],
    [
      'a pause by hand, by whom',
      held({ reason: 'Manual', message: 'jane paused the rollout: lunch' }),
      'Paused at 50 %: jane paused the rollout: lunch, for 4 min',
    ],
    [
      'missing data, what the plan does about it',
      held({
        reason: 'NoData',
        message: 'No requests.',
        endsBy: 'data',
        until: at(30),
      }),
      'Paused at 50 %: No requests, taken back in 30 sec unless this ends first',
    ],
    [
      'pods that were taken away, who is on the canary and what comes of it',
      held({
        reason: 'Disrupted',
        message: 'Every pod was taken away: pod-1: Evicted.',
        endsBy: 'data',
        until: at(30),
      }),
      'Paused at 50 %: Every pod was taken away: pod-1: Evicted. Nobody is sent to the canary; this step begins again when its pods are back, taken back in 30 sec unless this ends first',
    ],
    [
      'work, from where to where',
      rolloutFixture(),
      'Progressing at 10 %, on the way to 50 %: Waits for 1 of 2 canary pods to become ready',
    ],
    [
      'a rollback, why and where to',
      rolledBackFixture({ phase: 'RollingBack' }),
      'Rolling back: Error rate of the canary was 7.3 %, more than the allowed 1 %. All traffic goes back to shop/checkout:v1.',
    ],
    [
      'an end, in its own words',
      succeededFixture(),
      'Succeeded: shop/checkout:v2 passed every step and serves all traffic',
    ],
  ])('says of %s', async (_, rollout, sentence) => {
    await render(rollout);
    expect(await headline()).toBe(sentence);
  });

  it('reads out a change of phase and nothing else', async () => {
    const api = new FakeCanaryApi();
    let show = (_: Rollout) => {};
    const Card = () => {
      const [rollout, setRollout] = useState(rolloutFixture());
      show = setRollout;
      return <NowCard rollout={rollout} latest={[]} />;
    };
    await renderWith(api, <Card />);
    const status = await screen.findByRole('status');
    const before = status.textContent;
    expect(before).toContain('Progressing');
    act(() =>
      show(
        rolloutFixture({
          weight: { desired: 50, observed: 50, verified: true },
          waitingFor: undefined,
        }),
      ),
    );
    expect(status.textContent).toBe(before);
    act(() => show(pausedFixture()));
    expect(status).toHaveTextContent(/^Paused: Waits for the approval/);
    act(() => show(held({ reason: 'Manual', message: 'jane paused it' })));
    expect(status).toHaveTextContent(/^Paused: Waits for the approval/);
  });

  it('says what comes next, and how much time is spent and left', async () => {
    await render(
      rolloutFixture({
        startedAt: at(-90),
        remaining: { estimatedMs: 131_000, waitsForPeople: true },
      }),
    );
    const fact = (name: string) =>
      screen.getByText(name, { selector: 'dt' }).nextElementSibling;
    expect(fact('Next')).toHaveTextContent('Approval by group:default/sre');
    expect(fact('Time spent')).toHaveTextContent('1 min, 30 sec');
    expect(fact('Time left')).toHaveTextContent(
      'at least 2 min, 11 sec, plus the time people take',
    );
  });

  it('folds a long plan around where it is, and unfolds it', async () => {
    const plan = planFixture({
      steps: Array.from({ length: 40 }, (_, n) => ({
        kind: 'setWeight',
        title: `Step number ${n + 1}`,
        params: {},
      })),
    });
    await render(
      rolloutFixture({ plan, step: { ...rolloutFixture().step, index: 20 } }),
    );
    const list = within(await screen.findByRole('list', { name: 'Steps' }));
    expect(list.getByText('Step number 21')).toBeInTheDocument();
    expect(list.queryByText('Step number 1')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 18 earlier steps' }),
    );
    await userEvent.click(screen.getByRole('button', { name: /later steps/ }));
    expect(list.getAllByRole('listitem')).toHaveLength(42);
  });

  it('says that a plan has no steps', async () => {
    await render(rolloutFixture({ plan: planFixture({ steps: [] }) }));
    expect(
      await screen.findByText('The plan has no steps of its own.'),
    ).toBeInTheDocument();
  });

  it('gives the pods of the stable to the new version after its promotion', async () => {
    await render(succeededFixture());
    const arm = await screen.findByRole('region', {
      name: 'New stable version',
    });
    expect(within(arm).getByText('shop/checkout:v2')).toBeInTheDocument();
    expect(within(arm).getByText('4 of 4 ready')).toBeInTheDocument();
    expect(within(arm).getByText('100 %')).toBeInTheDocument();
  });
});
