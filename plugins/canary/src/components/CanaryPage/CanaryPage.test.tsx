import { Route, Routes } from 'react-router-dom';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RolloutQuery } from 'backstage-plugin-canary-common';
import {
  FakeCanaryApi,
  figuresFixture,
  noFigures,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { CanaryRoutes } from './CanaryRoutes';

function renderPage(
  api: FakeCanaryApi,
  at = '/canary',
  options: { ownershipEntityRefs?: string[] } = {},
) {
  return renderWith(
    api,
    <Routes>
      <Route path="/canary/*" element={<CanaryRoutes />} />
    </Routes>,
    { at, ...options },
  );
}

const rowsOf = async (name: string) =>
  within(await screen.findByRole('table', { name }))
    .getAllByRole('row')
    .slice(1);

const urgent = pausedFixture({ id: 'urgent', needsAttention: true });
const calm = rolloutFixture({ id: 'calm' });
const past = succeededFixture({ id: 'past' });

describe('CanaryPage', () => {
  it('shows each rollout once: what needs attention, what runs, what has ended', async () => {
    await renderPage(new FakeCanaryApi({ rollouts: [urgent, calm, past] }));
    for (const [name, word] of [
      ['Needs attention', 'Paused'],
      ['Running now', 'Progressing'],
      ['Ended', 'Succeeded'],
    ]) {
      const rows = await rowsOf(name);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toHaveTextContent(word);
    }
  });

  it('says how many there are of each', async () => {
    await renderPage(new FakeCanaryApi({ rollouts: [urgent, calm, past] }));
    for (const name of [
      'Needs attention (1)',
      'Running now (1)',
      'Ended (6)',
    ]) {
      expect(await screen.findByRole('heading', { name })).toBeInTheDocument();
    }
  });

  it('says that no rollout needs attention', async () => {
    await renderPage(
      new FakeCanaryApi({
        rollouts: [calm, past],
        figures: figuresFixture({ attention: 0 }),
      }),
    );
    expect(
      await screen.findByText('No rollout needs attention.'),
    ).toBeInTheDocument();
    expect(await rowsOf('Running now')).toHaveLength(1);
  });

  it('calls entities by their names and links them', async () => {
    const entityRef = 'component:default/payments';
    await renderPage(
      new FakeCanaryApi({ rollouts: [succeededFixture({ entityRef })] }),
    );
    expect(
      await screen.findByRole('link', { name: 'payments' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments');
  });

  it.each([
    ['Owner', 'checkout-team (6)', { owner: ['group:default/checkout-team'] }],
    ['System', 'shop (8)', { system: 'system:default/shop' }],
    ['Cluster', 'sandbox (8)', { cluster: 'sandbox' }],
    ['Phase', 'Paused (1)', { phase: ['Paused'] }],
  ])('asks the server by %s, whose choices are counted', async (...row) => {
    const [field, choice, asked] = row;
    const api = new FakeCanaryApi({ rollouts: [urgent, calm, past] });
    const listRollouts = jest.spyOn(api, 'listRollouts');
    const getFigures = jest.spyOn(api, 'getFigures');
    await renderPage(api);
    await screen.findByRole('option', { name: choice });
    listRollouts.mockClear();
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: field }),
      choice,
    );
    await waitFor(() => expect(listRollouts).toHaveBeenCalled());
    for (const [query] of listRollouts.mock.calls) {
      expect(query).toMatchObject(asked);
    }
    const { phase, ...selection } = asked as RolloutQuery;
    expect(getFigures).toHaveBeenLastCalledWith(selection);
  });

  it('takes its filters from the address, and gives them up', async () => {
    const api = new FakeCanaryApi({ rollouts: [urgent, calm, past] });
    const getFigures = jest.spyOn(api, 'getFigures');
    await renderPage(
      api,
      '/canary?owner=group:default/a&owner=user:default/b&phase=Succeeded&system=nonsense',
    );
    await rowsOf('Ended').catch(() => undefined);
    expect(getFigures).toHaveBeenLastCalledWith({
      owner: ['group:default/a', 'user:default/b'],
      system: 'nonsense',
    });
    expect(screen.getByRole('combobox', { name: 'Owner' })).toHaveDisplayValue(
      'Several: group:default/a, user:default/b',
    );
    expect(
      screen.queryByRole('heading', { name: /Running now/ }),
    ).not.toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(getFigures).toHaveBeenLastCalledWith({}));
    expect(await rowsOf('Running now')).toHaveLength(1);
  });

  it("shows what the reader and the reader's groups own", async () => {
    const api = new FakeCanaryApi({ rollouts: [urgent] });
    const getFigures = jest.spyOn(api, 'getFigures');
    const mine = ['user:default/guest', 'group:default/sre'];
    await renderPage(api, '/canary', { ownershipEntityRefs: mine });
    await userEvent.click(await screen.findByRole('button', { name: 'Mine' }));
    await waitFor(() =>
      expect(getFigures).toHaveBeenLastCalledWith({ owner: mine }),
    );
    expect(screen.getByRole('button', { name: 'Mine' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  it.each([
    ['/canary', 'No rollout yet', /Start one from the Canary tab/],
    ['/canary?cluster=gone', 'No rollout to show', /Clear them/],
  ])('says at %s why there is nothing', async (at, name, help) => {
    await renderPage(new FakeCanaryApi({ figures: noFigures() }), at);
    expect(await screen.findByRole('heading', { name })).toBeInTheDocument();
    expect(screen.getByText(help)).toBeInTheDocument();
  });

  it('says what failed, once, and tries again', async () => {
    const api = new FakeCanaryApi({ rollouts: [past] });
    jest.spyOn(api, 'getFigures').mockRejectedValueOnce(new Error('down'));
    await renderPage(api);
    expect(await screen.findByRole('alert')).toHaveTextContent('down');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await rowsOf('Ended')).toHaveLength(1);
  });

  it('says who can help a reader without permission', async () => {
    const api = new FakeCanaryApi();
    api.getFigures = async () => {
      throw new NotAllowedError('no');
    };
    await renderPage(api);
    expect(
      await screen.findByRole('heading', { name: /may not see/ }),
    ).toBeInTheDocument();
  });

  it.each([
    ['no-entity', 'no-entity', ['/canary/rollouts/id']],
    [
      'data:text/html,<script>alert(1)</script>',
      'text/html,<script>alert(1)</script>',
      [expect.stringMatching(/^\/catalog\//), '/canary/rollouts/id'],
    ],
  ])('never leads out of the portal: %s', async (entityRef, words, targets) => {
    await renderPage(
      new FakeCanaryApi({
        rollouts: [
          succeededFixture({ id: 'id', entityRef, startedBy: 'vbscript:1' }),
        ],
      }),
    );
    const [row] = await rowsOf('Ended');
    expect(row).toHaveTextContent(words);
    expect(
      within(row)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual(targets);
  });
});

describe('the page of a rollout', () => {
  it('has a permalink for a rollout', async () => {
    await renderPage(
      new FakeCanaryApi({ rollouts: [succeededFixture({ id: 'past' })] }),
      '/canary/rollouts/past',
    );
    expect(await screen.findByRole('status')).toHaveTextContent('Succeeded');
    expect(screen.getByRole('link', { name: 'All rollouts' })).toHaveAttribute(
      'href',
      '/canary',
    );
  });

  it('names entity, version and outcome on the page and in the browser tab', async () => {
    await renderPage(
      new FakeCanaryApi({ rollouts: [rolledBackFixture({ id: 'past' })] }),
      '/canary/rollouts/past',
    );
    const heading = await screen.findByRole('heading', {
      name: 'checkout v1 → v2',
    });
    expect(within(heading).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/component/checkout',
    );
    expect(document.title).toBe('checkout v2: Rolled back');
  });

  it('copies its whole address', async () => {
    const user = userEvent.setup();
    await renderPage(
      new FakeCanaryApi({ rollouts: [succeededFixture({ id: 'past' })] }),
      '/canary/rollouts/past?from=mail',
    );
    const written = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValueOnce();
    await user.click(await screen.findByRole('button', { name: 'Copy link' }));
    expect(await screen.findByText('Link copied')).toBeInTheDocument();
    expect(written).toHaveBeenCalledWith(
      'http://localhost/canary/rollouts/past',
    );
  });

  it('says how to copy the address without a clipboard', async () => {
    const user = userEvent.setup();
    await renderPage(
      new FakeCanaryApi({ rollouts: [succeededFixture({ id: 'past' })] }),
      '/canary/rollouts/past',
    );
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValueOnce(new Error('denied'));
    await user.click(await screen.findByRole('button', { name: 'Copy link' }));
    expect(await screen.findByText(/Copy the address/)).toBeInTheDocument();
  });

  it.each([
    ['retryOf', /^Retry of/],
    ['rollbackOf', /earlier rollout back$/],
  ])('links the rollout that it belongs to: %s', async (field, name) => {
    await renderPage(
      new FakeCanaryApi({
        rollouts: [succeededFixture({ id: 'past', [field]: 'earlier' })],
      }),
      '/canary/rollouts/past',
    );
    expect(await screen.findByRole('link', { name })).toHaveAttribute(
      'href',
      '/canary/rollouts/earlier',
    );
  });

  it('shows what a command answered without reading the rollout again', async () => {
    const api = new FakeCanaryApi({ rollouts: [pausedFixture({ id: 'one' })] });
    const reads = jest.spyOn(api, 'getRollout');
    const answer = rolloutFixture({ id: 'one', version: 10 });
    api.sendCommand = async () => {
      reads.mockClear();
      return answer;
    };
    await renderPage(api, '/canary/rollouts/one');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Promote' }),
    );
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Promote' }));
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent('Progressing'),
    );
    expect(reads).not.toHaveBeenCalled();
  });

  it('goes to the new rollout that a retry has started', async () => {
    const api = new FakeCanaryApi({
      rollouts: [rolledBackFixture({ id: 'past' })],
    });
    api.sendCommand = async () => {
      const retried = rolloutFixture({ id: 'new', phase: 'Pending' });
      api.rollouts = [retried, ...api.rollouts];
      return retried;
    };
    await renderPage(api, '/canary/rollouts/past');
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Retry' }),
    );
    await waitFor(() =>
      expect(screen.getByRole('status')).toHaveTextContent('Pending'),
    );
  });

  it('says that a link leads nowhere', async () => {
    const api = new FakeCanaryApi();
    api.getRollout = async () => {
      throw new NotFoundError('No rollout has the id nowhere');
    };
    await renderPage(api, '/canary/rollouts/nowhere');
    expect(
      await screen.findByRole('heading', { name: 'There is no such rollout' }),
    ).toBeInTheDocument();
  });
});
