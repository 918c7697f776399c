import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  eventFixture,
  FakeCanaryApi,
  rolledBackFixture,
  rolloutFixture,
} from '../../__testUtils__';
import { renderTab } from '../../__testUtils__/renderTab';

const events = [
  eventFixture(1, { kind: 'Started', actor: 'user:default/jane' }),
  eventFixture(2),
  eventFixture(3, { kind: 'HoldAdded', message: 'Held (Manual): lunch' }),
  eventFixture(4, {
    kind: 'Command',
    actor: 'user:default/jane',
    message: 'jane paused: lunch',
  }),
];

const log = async () =>
  within(await screen.findByRole('list', { name: 'Decision log' }));

describe('DecisionLog', () => {
  it('says who did what: a person by name, the controller as itself', async () => {
    await renderTab(
      new FakeCanaryApi({ rollouts: [rolloutFixture()], events }),
    );
    const entries = (await log()).getAllByRole('listitem');
    expect(entries[0]).toHaveTextContent(/Command.*jane paused.*by jane/);
    expect(entries[2]).toHaveTextContent(/Decision number 2.*by the plugin/);
  });

  it('lists only the kinds that are chosen, and says how many there are', async () => {
    await renderTab(
      new FakeCanaryApi({ rollouts: [rolloutFixture()], events }),
    );
    const filter = within(
      await screen.findByRole('group', { name: 'Kinds of entries' }),
    );
    const people = filter.getByRole('button', { name: 'People (1)' });
    expect(people).toHaveAttribute('aria-pressed', 'false');
    await userEvent.click(people);
    expect(people).toHaveAttribute('aria-pressed', 'true');
    expect((await log()).getAllByRole('listitem')).toHaveLength(1);

    await userEvent.click(filter.getByRole('button', { name: 'Waits (1)' }));
    expect((await log()).getAllByRole('listitem')).toHaveLength(2);
    expect(
      filter.getByRole('button', { name: 'Warnings (0)' }),
    ).toHaveAttribute('aria-disabled', 'true');
  });

  it('verifies the history of an ended rollout by itself', async () => {
    await renderTab(
      new FakeCanaryApi({ rollouts: [rolledBackFixture()], events }),
    );
    expect(
      await screen.findByText(
        'Verified: all 4 entries are as they were written.',
      ),
    ).toBeInTheDocument();
  });

  it('verifies that of a running one on demand, and says where it is broken', async () => {
    const api = new FakeCanaryApi({
      rollouts: [rolloutFixture()],
      events,
      audit: { valid: false, length: 0, brokenAt: 3 },
    });
    await renderTab(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify this history' }),
    );
    expect(
      await screen.findByText(/entry 3 is not as it was written/),
    ).toBeInTheDocument();
  });

  it('says that it could not be verified', async () => {
    const api = new FakeCanaryApi({ rollouts: [rolloutFixture()], events });
    api.verifyAudit = async () => {
      throw new Error('The store is away');
    };
    await renderTab(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify this history' }),
    );
    expect(await screen.findByText(/The store is away/)).toBeInTheDocument();
  });
});
