import { Entity } from '@backstage/catalog-model';
import { Content, Page } from '@backstage/core-components';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import Grid from '@material-ui/core/Grid';
import { EntityCard } from '../src/components/EntityCard';
import { OwnedCard } from '../src/components/OwnedCard';

function entityOf(
  kind: string,
  name: string,
  relations: readonly [string, string][] = [],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      annotations: { 'backstage.io/kubernetes-id': name },
    },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

const owners = [
  entityOf('Group', 'checkout-team'),
  entityOf('User', 'guest', [
    ['memberOf', 'group:default/payments-team'],
    ['memberOf', 'group:default/growth'],
  ]),
  entityOf('System', 'storefront'),
  entityOf('Group', 'a-team-that-owns-nothing'),
];

/** The cards of one component and of everybody to whom components belong. */
export function DevCards() {
  return (
    <Page themeId="service">
      <Content>
        <Grid container spacing={3}>
          <Grid item xs={12} md={6} lg={4}>
            <EntityProvider entity={entityOf('Component', 'checkout')}>
              <EntityCard />
            </EntityProvider>
          </Grid>
          {owners.map(entity => (
            <Grid item xs={12} md={6} lg={4} key={entity.metadata.name}>
              <EntityProvider entity={entity}>
                <OwnedCard />
              </EntityProvider>
            </Grid>
          ))}
        </Grid>
      </Content>
    </Page>
  );
}
