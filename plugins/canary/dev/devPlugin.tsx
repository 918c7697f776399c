import { Entity } from '@backstage/catalog-model';
import { Content, Header, Page } from '@backstage/core-components';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { Link, useLocation } from 'react-router-dom';
import { EntityCard } from '../src/components/EntityCard';
import { EntityTab } from '../src/components/EntityTab';
import { DevCards } from './DevCards';
import { scenarioIn, scenarioNames } from './scenarios';

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: {
      'backstage.io/kubernetes-id': 'checkout',
      'canary/plan': 'careful',
    },
  },
};

const bare: Entity = { ...entity, metadata: { name: 'checkout' } };

function DevPage() {
  const { pathname, search } = useLocation();
  const name = scenarioIn(search);
  return (
    <Page themeId="service">
      <Header title="checkout" subtitle={name}>
        {scenarioNames.map(each => (
          <Link
            key={each}
            to={{ pathname, search: `?scenario=${each}` }}
            style={{ color: '#fff' }}
          >
            {each}&nbsp;
          </Link>
        ))}
      </Header>
      <Content>
        <EntityProvider key={name} entity={name === 'bare' ? bare : entity}>
          {name === 'card' ? (
            <div style={{ maxWidth: 420 }}>
              <EntityCard />
            </div>
          ) : (
            <EntityTab />
          )}
        </EntityProvider>
      </Content>
    </Page>
  );
}

/** Pages that stand in for those of an entity: one by itself, and all cards. */
export const devPlugin = createFrontendPlugin({
  pluginId: 'dev',
  extensions: [
    PageBlueprint.make({
      params: { path: '/', noHeader: true, loader: async () => <DevPage /> },
    }),
    PageBlueprint.make({
      name: 'cards',
      params: {
        path: '/cards',
        title: 'Cards',
        noHeader: true,
        loader: async () => <DevCards />,
      },
    }),
    PageBlueprint.make({
      name: 'entity',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        title: 'Entity',
        noHeader: true,
        routeRef: entityRouteRef,
        loader: async () => <DevPage />,
      },
    }),
  ],
});
