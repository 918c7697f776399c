import { Route, Routes } from 'react-router-dom';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { FakeCanaryApi, pausedFixture } from './__testUtils__';
import { checkout } from './__testUtils__/renderTab';
import {
  canaryApiRef,
  CanaryPage,
  canaryPlugin,
  EntityCanaryCard,
  EntityCanaryContent,
  EntityCanaryOwnedCard,
} from './legacy';

const api = new FakeCanaryApi({ rollouts: [pausedFixture({ id: 'running' })] });

function renderOld(
  element: JSX.Element,
  options: {
    path?: string;
    at?: string;
    withoutPage?: boolean;
    entity?: typeof checkout;
  } = {},
) {
  return renderInTestApp(
    <TestApiProvider
      apis={[
        [canaryApiRef, api],
        [permissionApiRef, mockApis.permission()],
      ]}
    >
      <Routes>
        <Route
          path={options.path ?? '/tab'}
          element={
            <EntityProvider entity={options.entity ?? checkout}>
              {element}
            </EntityProvider>
          }
        />
      </Routes>
    </TestApiProvider>,
    {
      routeEntries: [options.at ?? '/tab'],
      mountedRoutes: options.withoutPage
        ? undefined
        : { '/canary': canaryPlugin.routes.root },
    },
  );
}

describe('the plugin for the old frontend system', () => {
  it('brings the same API', () => {
    expect([...canaryPlugin.getApis()].map(({ api: ref }) => ref)).toEqual([
      canaryApiRef,
    ]);
  });

  it('renders the tab, with a permalink from its history', async () => {
    await renderOld(<EntityCanaryContent />);
    expect(await screen.findByRole('status')).toHaveTextContent('Paused');
    expect(
      screen.getByRole('link', { name: 'Link to this rollout' }),
    ).toHaveAttribute('href', '/canary/rollouts/running');
  });

  it('renders the card', async () => {
    await renderOld(<EntityCanaryCard />);
    expect(await screen.findByRole('status')).toHaveTextContent('Paused');
  });

  it('renders the card of an owner, with a link to the page of all', async () => {
    await renderOld(<EntityCanaryOwnedCard />, {
      entity: { ...checkout, kind: 'System', metadata: { name: 'shop' } },
    });
    expect(
      await screen.findByRole('link', { name: /Show all rollouts/ }),
    ).toHaveAttribute('href', '/canary?system=system%3Adefault%2Fshop');
  });

  it('renders the card of an owner in an app without the page of all', async () => {
    await renderOld(<EntityCanaryOwnedCard />, {
      entity: { ...checkout, kind: 'User', metadata: { name: 'jane.doe' } },
      withoutPage: true,
    });
    expect(await screen.findByText(/No rollout yet/)).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });

  it('renders the page under a header of its own', async () => {
    await renderOld(<CanaryPage />, {
      path: '/canary/*',
      at: '/canary/rollouts/running',
    });
    expect(
      await screen.findByRole('heading', { name: 'Canary', level: 1 }),
    ).toBeInTheDocument();
    expect(await screen.findByRole('status')).toHaveTextContent('Paused');
  });

  it('renders the tab in an app that has not mounted the page', async () => {
    await renderOld(<EntityCanaryContent />, { withoutPage: true });
    expect(await screen.findByRole('status')).toHaveTextContent('Paused');
    expect(
      screen.queryByRole('link', { name: 'Link to this rollout' }),
    ).not.toBeInTheDocument();
  });
});
