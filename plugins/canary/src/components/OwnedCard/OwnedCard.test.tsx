import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import { Rollout } from 'backstage-plugin-canary-common';
import {
  FakeCanaryApi,
  figuresFixture,
  noFigures,
  pausedFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { OwnedCard } from './OwnedCard';

function entityOf(
  kind: string,
  name: string,
  relations: [string, string][] = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

const owner = 'group:default/sre';
const sre = entityOf('Group', 'sre');

function renderCard(api: Partial<FakeCanaryApi>, entity = sre) {
  return renderWith(
    api,
    <EntityProvider entity={entity}>
      <OwnedCard />
    </EntityProvider>,
  );
}

const withRollouts = (...rollouts: Rollout[]) =>
  new FakeCanaryApi({ rollouts });

describe('OwnedCard', () => {
  it.each([
    [sre, { owner: [owner] }, '/canary?owner=group%3Adefault%2Fsre'],
    [
      entityOf('Group', 'sre', [
        ['parentOf', 'group:default/night'],
        ['childOf', 'group:default/shop'],
        ['hasMember', 'user:default/jane.doe'],
      ]),
      { owner: [owner, 'group:default/night'] },
      '/canary?owner=group%3Adefault%2Fsre&owner=group%3Adefault%2Fnight',
    ],
    [
      entityOf('User', 'jane.doe', [
        ['memberOf', owner],
        ['ownerOf', 'component:default/x'],
      ]),
      { owner: ['user:default/jane.doe', owner] },
      '/canary?owner=user%3Adefault%2Fjane.doe&owner=group%3Adefault%2Fsre',
    ],
    [
      entityOf('System', 'shop', [['hasPart', 'component:default/x']]),
      { system: 'system:default/shop' },
      '/canary?system=system%3Adefault%2Fshop',
    ],
  ])('asks for what belongs to %p', async (entity, selection, page) => {
    const api = withRollouts();
    const getFigures = jest.spyOn(api, 'getFigures');
    const listRollouts = jest.spyOn(api, 'listRollouts');
    await renderCard(api, entity);
    await screen.findByText(/No rollout yet/);
    expect(getFigures).toHaveBeenCalledWith(selection);
    for (const [query] of listRollouts.mock.calls) {
      expect(query).toMatchObject(selection);
    }
    expect(
      screen.getByRole('link', { name: /Show all rollouts/ }),
    ).toHaveAttribute('href', page);
  });

  it('marks what needs attention and shows it first, then what runs', async () => {
    await renderCard(
      withRollouts(
        rolloutFixture({ id: 'calm', owner }),
        pausedFixture({ id: 'urgent', owner, needsAttention: true }),
        succeededFixture({ id: 'past', owner }),
        rolloutFixture({ id: 'foreign', owner: 'group:default/other' }),
      ),
    );
    const list = await screen.findByRole('list', {
      name: 'Rollouts, those that need attention first',
    });
    const items = within(list).getAllByRole('listitem');
    expect(items).toHaveLength(2);
    expect(items[0]).toHaveTextContent(/Paused.*Needs attention/);
    expect(items[1]).toHaveTextContent('Progressing');
    expect(items[1]).not.toHaveTextContent('Needs attention');
    expect(
      within(items[0]).getByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout');
  });

  it('says the numbers, and how many more run than it shows', async () => {
    const api = withRollouts(pausedFixture({ owner, needsAttention: true }));
    const { phases } = figuresFixture();
    api.figures = figuresFixture({ phases: { ...phases, Progressing: 8 } });
    await renderCard(api);
    const numbers = await screen.findByRole('list', { name: 'In numbers' });
    expect(
      within(numbers)
        .getAllByRole('listitem')
        .map(item => item.textContent),
    ).toEqual(['1 needs attention', '9 running', '6 ended']);
    expect(screen.getByText('and 8 more that run')).toBeInTheDocument();
  });

  it('shows the latest while none runs', async () => {
    const api = withRollouts(succeededFixture({ owner }));
    api.figures = { ...noFigures(), phases: figuresFixture().phases };
    await renderCard(api);
    expect(
      await screen.findByText('None is running. The latest:'),
    ).toBeInTheDocument();
    expect(screen.getByText('none needs attention')).toBeInTheDocument();
    expect(screen.getByText('Succeeded')).toBeInTheDocument();
  });

  it.each([
    [new NotAllowedError('no'), 'You may not see these rollouts'],
    [new Error('down'), 'The rollouts cannot be loaded: down'],
  ])('says that it cannot say, after %p', async (error, words) => {
    const api = withRollouts();
    api.getFigures = async () => {
      throw error;
    };
    await renderCard(api);
    expect(await screen.findByText(words)).toBeInTheDocument();
  });
});
