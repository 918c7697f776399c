import {
  createExtensionTester,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { screen } from '@testing-library/react';
import { FakeCanaryApi, pausedFixture } from './__testUtils__';
import { checkout } from './__testUtils__/renderTab';
import canaryPlugin, { canaryApiRef, isCanaryAvailable } from '.';
import {
  canaryEntityCard,
  canaryEntityContent,
  canaryOwnedCard,
  canaryPage,
} from './plugin';

const api = new FakeCanaryApi({ rollouts: [pausedFixture()] });

describe('the plugin for the new frontend system', () => {
  it('brings its API, tab, cards and page under their documented names', () => {
    for (const id of [
      'api:canary',
      'entity-content:canary/rollouts',
      'entity-card:canary/status',
      'entity-card:canary/owned',
      'page:canary',
    ]) {
      expect(canaryPlugin.getExtension(id as never)).toBeDefined();
    }
  });

  it('mounts the tab at /canary among the deployment tabs', () => {
    const tester = createExtensionTester(canaryEntityContent);
    const { title, group } = EntityContentBlueprint.dataRefs;
    expect(tester.get(title)).toBe('Canary');
    expect(tester.get(group)).toBe('deployment');
  });

  it.each([
    ['annotated component', checkout, true],
    ['bare component', { ...checkout, metadata: { name: 'x' } }, false],
    ['annotated resource', { ...checkout, kind: 'Resource' }, false],
  ])('shows the tab and the card: %s -> %p', (_, entity, shown) => {
    const { filterFunction } = EntityContentBlueprint.dataRefs;
    for (const extension of [canaryEntityContent, canaryEntityCard]) {
      const matches = createExtensionTester(extension as never).get(
        filterFunction as never,
      ) as unknown as (of: typeof entity) => boolean;
      expect(matches(entity)).toBe(shown);
    }
  });

  it.each([
    ['Group', true],
    ['User', true],
    ['system', true],
    ['Component', false],
    ['Domain', false],
  ])('shows the rollouts of what it owns to a %s: %p', (kind, shown) => {
    const matches = createExtensionTester(canaryOwnedCard).get(
      EntityContentBlueprint.dataRefs.filterFunction as never,
    ) as unknown as (of: typeof checkout) => boolean;
    expect(matches({ ...checkout, kind })).toBe(shown);
  });

  it.each([
    'backstage.io/kubernetes-id',
    'backstage.io/kubernetes-label-selector',
    'canary/workload',
    'canary/plan',
  ])('takes the annotation %s as a sign of a workload', name => {
    const metadata = { name: 'x', annotations: { [name]: 'y' } };
    expect(isCanaryAvailable({ ...checkout, metadata })).toBe(true);
  });

  it.each([
    ['tab', canaryEntityContent],
    ['card', canaryEntityCard],
  ])('renders the %s of an entity', async (_, extension) => {
    const tester = createExtensionTester(extension as typeof canaryEntityCard);
    await renderInTestApp(
      <TestApiProvider apis={[[canaryApiRef, api]]}>
        <EntityProvider entity={checkout}>
          {tester.reactElement()}
        </EntityProvider>
      </TestApiProvider>,
    );
    expect(await screen.findByRole('status')).toHaveTextContent('Paused');
  });

  it('renders the card of an owner', async () => {
    const team = { ...checkout, kind: 'Group', metadata: { name: 'shop' } };
    await renderInTestApp(
      <TestApiProvider apis={[[canaryApiRef, api]]}>
        <EntityProvider entity={team}>
          {createExtensionTester(canaryOwnedCard).reactElement()}
        </EntityProvider>
      </TestApiProvider>,
    );
    expect(
      await screen.findByRole('heading', { name: 'Canary rollouts' }),
    ).toBeInTheDocument();
    expect(await screen.findByText(/No rollout yet/)).toBeInTheDocument();
  });

  it('renders the page', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[canaryApiRef, api]]}>
        {createExtensionTester(canaryPage).reactElement()}
      </TestApiProvider>,
    );
    expect(
      await screen.findByRole('heading', { name: 'Running now (1)' }),
    ).toBeInTheDocument();
  });
});
