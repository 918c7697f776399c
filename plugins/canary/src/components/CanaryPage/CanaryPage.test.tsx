import { Route, Routes } from 'react-router-dom';
import { NotFoundError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeCanaryApi,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { CanaryRoutes } from './CanaryRoutes';

function renderPage(api: FakeCanaryApi, at = '/canary') {
  return renderWith(
    api,
    <Routes>
      <Route path="/canary/*" element={<CanaryRoutes />} />
    </Routes>,
    { at },
  );
}

const rows = async () =>
  within(await screen.findByRole('table'))
    .getAllByRole('row')
    .slice(1);

describe('CanaryPage', () => {
  it('lists rollouts of every entity and links both', async () => {
    await renderPage(
      new FakeCanaryApi({
        rollouts: [
          pausedFixture({ id: 'one' }),
          succeededFixture({
            id: 'two',
            entityRef: 'component:default/payments',
          }),
        ],
      }),
    );
    expect(await rows()).toHaveLength(2);
    expect(screen.getByRole('link', { name: 'payments' })).toHaveAttribute(
      'href',
      '/catalog/default/component/payments',
    );
  });

  it('shows what needs attention, and keeps the choice in the address', async () => {
    const api = new FakeCanaryApi({
      rollouts: [
        pausedFixture({ id: 'one' }),
        succeededFixture({ id: 'two' }),
        rolloutFixture({ id: 'three' }),
      ],
    });
    await renderPage(api);
    expect(await rows()).toHaveLength(3);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Show' }),
      'Needs attention',
    );
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect((await rows())[0]).toHaveTextContent('Paused');
  });

  it('says that nothing matches, and how to see the others', async () => {
    await renderPage(
      new FakeCanaryApi({ rollouts: [succeededFixture()] }),
      '/canary?show=Promoting',
    );
    expect(
      await screen.findByRole('heading', { name: 'No rollout to show' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Choose “All”/)).toBeInTheDocument();
  });

  it.each([
    ['no-entity', ['/canary/rollouts/id']],
    [
      'data:text/html,<script>alert(1)</script>',
      ['/canary/rollouts/id', expect.stringMatching(/^\/catalog\//)],
    ],
  ])('never leads out of the portal: %s', async (entityRef, targets) => {
    await renderPage(
      new FakeCanaryApi({
        rollouts: [succeededFixture({ id: 'id', entityRef })],
      }),
    );
    const [row] = await rows();
    expect(row).toHaveTextContent(entityRef);
    expect(
      within(row)
        .getAllByRole('link')
        .map(link => link.getAttribute('href')),
    ).toEqual(targets);
  });

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
