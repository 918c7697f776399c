import { NotAllowedError } from '@backstage/errors';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import {
  FakeCanaryApi,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
} from '../../__testUtils__';
import { checkout, renderWith } from '../../__testUtils__/renderTab';
import { EntityCard } from './EntityCard';

function renderCard(api: Partial<FakeCanaryApi>) {
  return renderWith(
    api,
    <EntityProvider entity={checkout}>
      <EntityCard />
    </EntityProvider>,
  );
}

describe('EntityCard', () => {
  it('says where the rollout is, and leads to the tab', async () => {
    await renderCard(new FakeCanaryApi({ rollouts: [pausedFixture()] }));
    expect(await screen.findByRole('status')).toHaveTextContent('Paused');
    expect(
      screen.getByText('50 % of traffic reaches the canary'),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: /Open the canary tab/ }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout/canary');
  });

  it('says what comes next, and how the one before ended', async () => {
    const nextCheckAt = new Date(Date.now() + 90_000).toISOString();
    await renderCard(
      new FakeCanaryApi({
        rollouts: [
          rolloutFixture({
            waitingFor: { reason: 'Ready', message: 'Waits', nextCheckAt },
          }),
          rolledBackFixture({ id: 'past' }),
        ],
      }),
    );
    const fact = async (name: string) =>
      (await screen.findByText(name)).nextElementSibling;
    expect(await fact('Next check')).toHaveTextContent(/^in 1 min/);
    expect(await fact('Version')).toHaveTextContent('v1 → v2');
    const last = await fact('Before that');
    expect(last).toHaveTextContent(/^Rolled back.* ago$/);
    expect(within(last as HTMLElement).getByRole('link')).toHaveAttribute(
      'href',
      '/canary/rollouts/past',
    );
  });

  it.each([
    ['time' as const, /^goes on in 1 min/],
    ['rollback' as const, /^taken back in 1 min.* unless this ends first$/],
  ])('says of a wait that ends by %s what comes then', async (endsBy, want) => {
    const until = new Date(Date.now() + 90_000).toISOString();
    const [hold] = pausedFixture().holds;
    await renderCard(
      new FakeCanaryApi({
        rollouts: [pausedFixture({ holds: [{ ...hold, endsBy, until }] })],
      }),
    );
    const name = await screen.findByText('Wait ends');
    expect(name.nextElementSibling).toHaveTextContent(want);
  });

  it('marks what needs attention', async () => {
    await renderCard(
      new FakeCanaryApi({
        rollouts: [pausedFixture({ needsAttention: true })],
      }),
    );
    expect(await screen.findByRole('status')).toHaveTextContent(
      'Needs attention',
    );
  });

  it('says that there was no rollout yet', async () => {
    await renderCard(new FakeCanaryApi());
    expect(await screen.findByText('No rollout yet')).toBeInTheDocument();
  });

  it.each([
    [new NotAllowedError('no'), 'You may not see these rollouts'],
    [new Error('down'), 'The rollouts cannot be loaded: down'],
  ])('says that it cannot say, after %p', async (error, words) => {
    await renderCard({
      listRollouts: async () => {
        throw error;
      },
    });
    expect(await screen.findByText(words)).toBeInTheDocument();
  });
});
