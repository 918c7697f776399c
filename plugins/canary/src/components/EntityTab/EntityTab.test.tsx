import { NotAllowedError } from '@backstage/errors';
import { mockApis } from '@backstage/frontend-test-utils';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Rollout } from 'backstage-plugin-canary-common';
import {
  eventFixture,
  FakeCanaryApi,
  measurementFixture,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { FakeSignals } from '../../__testUtils__/FakeSignals';
import { checkout, renderTab } from '../../__testUtils__/renderTab';
import { setHidden } from '../../__testUtils__/setHidden';

const withRollouts = (...rollouts: Rollout[]) =>
  new FakeCanaryApi({ rollouts });

describe('EntityTab', () => {
  describe('says where the rollout is', () => {
    it.each([
      ['Pending', rolloutFixture({ phase: 'Pending' }), 'about to begin'],
      ['Initializing', rolloutFixture({ phase: 'Initializing' }), 'created'],
      ['Progressing', rolloutFixture(), 'step by step'],
      ['Paused', pausedFixture(), 'approval of group:default/sre'],
      ['Promoting', rolloutFixture({ phase: 'Promoting' }), 'stable'],
      ['Rolling back', rolloutFixture({ phase: 'RollingBack' }), 'back to'],
      ['Succeeded', succeededFixture(), 'passed every step'],
      ['Rolled back', rolledBackFixture(), 'more than the allowed 1 %'],
    ])('%s', async (word, rollout, reason) => {
      await renderTab(withRollouts(rollout));
      const status = await screen.findByRole('status');
      expect(status).toHaveTextContent(word);
      expect(status).toHaveTextContent(reason);
    });
  });

  it('shows desired against observed weight, the steps and both versions', async () => {
    await renderTab(withRollouts(rolloutFixture()));
    expect(
      await screen.findByRole('img', {
        name: 'Traffic to the canary: 50 % wanted, 10 % read back from the route',
      }),
    ).toBeInTheDocument();

    const steps = within(screen.getByRole('list', { name: 'Steps' }));
    expect(steps.getAllByRole('listitem')).toHaveLength(6);
    expect(
      steps.getByText('Send 50 % of traffic').closest('li'),
    ).toHaveAttribute('aria-current', 'step');

    const canary = within(screen.getByRole('region', { name: 'Canary' }));
    expect(canary.getByText('shop/checkout:v2')).toBeInTheDocument();
    expect(canary.getByText('1 of 2 ready')).toBeInTheDocument();
    const stable = within(screen.getByRole('region', { name: 'Stable' }));
    expect(stable.getByText('shop/checkout:v1')).toBeInTheDocument();
    expect(stable.getByText('4 of 4 ready')).toBeInTheDocument();
    expect(
      screen.getByText('Waits for 1 of 2 canary pods to become ready'),
    ).toBeInTheDocument();
  });

  it('keeps the last word on a metric when its analysis is over', async () => {
    const api = withRollouts(rolledBackFixture({ metrics: [] }));
    const rule = 'canary 7.3 % is more than 1 %';
    api.measurements = [measurementFixture(1, { verdict: 'Fail', rule })];
    await renderTab(api);
    const metrics = await screen.findByRole('list', { name: 'Key metrics' });
    expect(await within(metrics).findByText(rule)).toBeInTheDocument();
    expect(within(metrics).getByText('Fail')).toBeInTheDocument();
  });

  it('shows the running rollout on top although a later one has ended', async () => {
    await renderTab(
      withRollouts(
        succeededFixture({ id: 'other-workload' }),
        pausedFixture({ id: 'running' }),
      ),
    );
    expect(await screen.findByRole('status')).toHaveTextContent('Paused');
  });

  it('shows the log page by page with the inputs of a decision on demand', async () => {
    const api = withRollouts(rolloutFixture());
    api.events = Array.from({ length: 25 }, (_, n) => eventFixture(n + 1));
    await renderTab(api);
    const log = await screen.findByRole('list', { name: 'Decision log' });
    await within(log).findByText('Decision number 25');
    expect(
      within(log).queryByText('Decision number 5'),
    ).not.toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Load more entries' }),
    );
    expect(within(log).getByText('Decision number 1')).toBeInTheDocument();

    await userEvent.click(
      within(log).getByRole('button', { name: 'Show inputs of entry 25' }),
    );
    const inputs = within(log).getByRole('group', {
      name: 'Inputs of entry 25',
    });
    expect(within(inputs).getByText('max 1 %')).toBeInTheDocument();
  });

  describe('when there is nothing to show', () => {
    it('has the shape of the page while it loads', async () => {
      await renderTab({ listRollouts: () => new Promise(() => {}) });
      expect(screen.getByText('Loading rollouts')).toBeInTheDocument();
    });

    it('offers the first rollout', async () => {
      await renderTab(withRollouts());
      expect(
        await screen.findByRole('heading', { name: 'No rollout yet' }),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('button', { name: 'Start rollout' }),
      ).toBeEnabled();
    });

    it('says which annotations are missing, with lines to paste', async () => {
      const entity = { ...checkout, metadata: { name: 'checkout' } };
      await renderTab(withRollouts(), { entity });
      expect(
        screen.getByRole('heading', { name: /does not say which workload/ }),
      ).toBeInTheDocument();
      await waitFor(() =>
        expect(document.body).toHaveTextContent('deployment/checkout'),
      );
    });

    it('says what failed and tries again', async () => {
      const api = withRollouts(succeededFixture());
      const listRollouts = jest
        .spyOn(api, 'listRollouts')
        .mockRejectedValueOnce(new Error('Failed to fetch'));
      await renderTab(api);
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Failed to fetch',
      );
      await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect(await screen.findByRole('status')).toHaveTextContent('Succeeded');
      expect(listRollouts).toHaveBeenCalledTimes(2);
    });

    it('says who can help a reader without permission', async () => {
      await renderTab({
        listRollouts: async () => {
          throw new NotAllowedError('Unauthorized');
        },
      });
      expect(
        await screen.findByRole('heading', { name: /may not see/ }),
      ).toBeInTheDocument();
    });
  });

  it('does not offer a start to who may not start', async () => {
    const permission = mockApis.permission({
      authorize: () => 'DENY' as never,
    });
    // The answers about an entity are kept: another one is asked anew.
    const entity = {
      ...checkout,
      metadata: { ...checkout.metadata, name: 'not-mine' },
    };
    await renderTab(withRollouts(), { permission, entity });
    const start = await screen.findByRole('button', {
      name: 'Start rollout',
      description: /not permitted to start a rollout/,
    });
    await userEvent.click(start);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(start).toHaveFocus();
  });

  it('does not offer a second rollout beside a running one', async () => {
    await renderTab(withRollouts(rolloutFixture()));
    expect(
      await screen.findByRole('button', {
        name: 'Start rollout',
        description: /A rollout is running/,
      }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  describe('is live', () => {
    const rest = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

    async function watch(rollout: Rollout, signals?: FakeSignals) {
      const api = withRollouts(rollout);
      const asked = jest.spyOn(api, 'listRollouts');
      jest.useFakeTimers();
      await renderTab(api, { signals });
      await rest(100);
      asked.mockClear();
      return { api, asked };
    }

    afterEach(() => {
      setHidden(false);
      jest.useRealTimers();
    });

    it('asks every two seconds while a rollout runs', async () => {
      const { asked } = await watch(rolloutFixture());
      await rest(10_000);
      expect(asked).toHaveBeenCalledTimes(5);
    });

    it('asks every thirty seconds while none runs', async () => {
      const { asked } = await watch(succeededFixture());
      await rest(60_000);
      expect(asked).toHaveBeenCalledTimes(2);
    });

    it('asks nothing at all while the browser tab is hidden', async () => {
      const { api, asked } = await watch(rolloutFixture());
      const others = [
        jest.spyOn(api, 'listEvents'),
        jest.spyOn(api, 'listMeasurements'),
      ];
      setHidden(true);
      await rest(300_000);
      for (const requests of [asked, ...others]) {
        expect(requests).not.toHaveBeenCalled();
      }
      setHidden(false);
      await rest(0);
      expect(asked).toHaveBeenCalledTimes(1);
    });

    it('follows a signal about its entity at once, and no other', async () => {
      const signals = new FakeSignals();
      const { api, asked } = await watch(succeededFixture(), signals);
      await rest(1000);
      signals.send({ entityRef: 'component:default/other', rolloutId: 'x' });
      await rest(1000);
      expect(asked).not.toHaveBeenCalled();

      api.rollouts = [pausedFixture()];
      signals.send({
        entityRef: pausedFixture().entityRef,
        rolloutId: pausedFixture().id,
      });
      await rest(0);
      expect(asked).toHaveBeenCalledTimes(1);
      expect(screen.getByRole('status')).toHaveTextContent('Paused');
    });

    async function command(name: string) {
      fireEvent.click(screen.getByRole('button', { name }));
      const dialog = within(screen.getByRole('dialog'));
      fireEvent.click(dialog.getByRole('button', { name }));
      await rest(0);
    }

    it('shows what a command answered, and asks again at the usual pace', async () => {
      const { api, asked } = await watch(pausedFixture());
      api.sendCommand = async () => rolloutFixture({ version: 10 });
      await rest(1500);
      await command('Promote');
      expect(screen.getByRole('status')).toHaveTextContent('Progressing');
      await rest(1999);
      expect(asked).not.toHaveBeenCalled();
      await rest(1);
      expect(asked).toHaveBeenCalledTimes(1);
    });

    it('keeps what a command answered when an older answer comes in later', async () => {
      const { api, asked } = await watch(pausedFixture());
      let arrive = () => {};
      asked.mockReturnValueOnce(
        new Promise(resolve => {
          arrive = () => resolve({ items: [pausedFixture()] });
        }),
      );
      api.sendCommand = async () => rolloutFixture({ version: 10 });
      await rest(2000);
      expect(asked).toHaveBeenCalledTimes(1);
      await command('Promote');
      arrive();
      await rest(0);
      expect(screen.getByRole('status')).toHaveTextContent('Progressing');
    });

    it('shows the rollout that a retry answered with on top', async () => {
      const { api, asked } = await watch(rolledBackFixture());
      api.sendCommand = async () =>
        rolloutFixture({ id: 'new', phase: 'Pending', version: 0 });
      await command('Retry');
      expect(screen.getByRole('status')).toHaveTextContent('Pending');
      expect(asked).not.toHaveBeenCalled();
    });

    it('keeps what it knows and says how old it is when asking fails', async () => {
      const { asked } = await watch(rolloutFixture());
      asked.mockRejectedValue(new Error('Failed to fetch'));
      await rest(12_000);
      expect(screen.getByRole('status')).toHaveTextContent('Progressing');
      expect(screen.getByRole('alert')).toHaveTextContent('Failed to fetch');
      expect(screen.getByRole('alert')).toHaveTextContent(
        /What you see is from 1\d sec ago/,
      );
      // Two, four and eight seconds apart instead of every two.
      expect(asked.mock.calls.length).toBeLessThan(4);
    });
  });
});
