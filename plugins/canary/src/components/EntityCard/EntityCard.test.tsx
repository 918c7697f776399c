import { NotAllowedError } from '@backstage/errors';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { FakeCanaryApi, pausedFixture } from '../../__testUtils__';
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
