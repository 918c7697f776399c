import {
  kubernetesApiRef,
  kubernetesAuthProvidersApiRef,
} from '@backstage/plugin-kubernetes-react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeCanaryApi, rolloutFixture } from '../../__testUtils__';
import { FakeKubernetes, podObject } from '../../__testUtils__/FakeKubernetes';
import { renderWith } from '../../__testUtils__/renderTab';
import { setHidden } from '../../__testUtils__/setHidden';
import { kubernetesPluginRef } from './kubernetesPluginRef';
import { Pods } from './Pods';

const { id } = rolloutFixture();

function render(kubernetes?: FakeKubernetes) {
  const element = <Pods rollout={rolloutFixture()} />;
  return renderWith(
    new FakeCanaryApi(),
    kubernetes ? (
      <TestApiProvider
        apis={[
          [kubernetesApiRef, kubernetes],
          [kubernetesAuthProvidersApiRef, kubernetes],
        ]}
      >
        {element}
      </TestApiProvider>
    ) : (
      element
    ),
  );
}

const show = async () =>
  userEvent.click(await screen.findByRole('button', { name: 'Show pods' }));

const pods = (list: HTMLElement) =>
  within(list)
    .getAllByRole('listitem')
    .map(pod => [...pod.children].map(each => each.textContent));

describe('Pods', () => {
  it('asks for the plugin by the name that its own package gives it', () => {
    expect(kubernetesPluginRef.id).toBe(kubernetesApiRef.id);
  });

  it('offers nothing without the Kubernetes plugin', async () => {
    await render();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('lists the pods of both versions, and no others, once they are asked for', async () => {
    const kubernetes = new FakeKubernetes([
      podObject('checkout-canary-5d-b', {
        labels: { 'canary/rollout': id },
        waiting: 'CrashLoopBackOff',
        restarts: 3,
      }),
      podObject('checkout-canary-5d-a', { labels: { 'canary/rollout': id } }),
      podObject('checkout-77-x', { hash: '77' }),
      podObject('checkout-worker-77-x', { hash: '77' }),
      podObject('checkout-77-y', { hash: '77', namespace: 'other' }),
      podObject('checkout-canary-4c-z', {
        labels: { 'canary/rollout': 'an earlier one' },
      }),
    ]);
    await render(kubernetes);
    expect(kubernetes.asked).toBe(0);
    await show();
    expect(
      pods(await screen.findByRole('list', { name: 'Canary pods' })),
    ).toEqual([
      ['checkout-canary-5d-a', '1 of 1 ready', '0 restarts', 'Running'],
      [
        'checkout-canary-5d-b',
        '0 of 1 ready',
        '3 restarts',
        'CrashLoopBackOff',
      ],
    ]);
    expect(pods(screen.getByRole('list', { name: 'Stable pods' }))).toEqual([
      ['checkout-77-x', '1 of 1 ready', '0 restarts', 'Running'],
    ]);
  });

  it('says why the canary has pods that are not listed', async () => {
    await render(
      new FakeKubernetes([podObject('checkout-77-x', { hash: '77' })]),
    );
    await show();
    expect(
      await screen.findByText(/label selector does not cover them/),
    ).toBeInTheDocument();
  });

  it.each([
    [
      new Error('Request failed with 403 Forbidden'),
      'You may not see the pods',
    ],
    [new Error('Failed to fetch'), 'The pods cannot be loaded'],
  ])('says what %p means, and tries again', async (error, title) => {
    const kubernetes = new FakeKubernetes([]);
    kubernetes.fails = error;
    await render(kubernetes);
    await show();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(title);
    expect(alert).toHaveTextContent(error.message);
    kubernetes.fails = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('list', { name: 'Canary pods' }),
    ).toBeInTheDocument();
  });

  it('asks again only while they are shown and the page is seen', async () => {
    const kubernetes = new FakeKubernetes([]);
    await render(kubernetes);
    jest.useFakeTimers({ advanceTimers: true });
    try {
      await show();
      await screen.findByRole('list', { name: 'Canary pods' });
      const rest = () => act(() => jest.advanceTimersByTimeAsync(60_000));
      await rest();
      expect(kubernetes.asked).toBeGreaterThan(5);

      setHidden(true);
      const before = kubernetes.asked;
      await rest();
      expect(kubernetes.asked).toBe(before);
      setHidden(false);

      await userEvent.click(screen.getByRole('button', { name: 'Hide pods' }));
      const closed = kubernetes.asked;
      await rest();
      expect(kubernetes.asked).toBe(closed);
    } finally {
      setHidden(false);
      jest.useRealTimers();
    }
  });
});
