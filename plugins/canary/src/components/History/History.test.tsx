import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Rollout } from 'backstage-plugin-canary-common';
import {
  ENTITY_REF,
  FakeCanaryApi,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { useEntityRollouts } from '../../live';
import { History } from './History';

function Tab() {
  const { live } = useEntityRollouts(ENTITY_REF);
  return <History entityRef={ENTITY_REF} latest={live} />;
}

const table = () =>
  screen.findByRole('table', { name: 'Rollouts, the newest first' });

const rows = async () =>
  within(await table())
    .getAllByRole('row')
    .slice(1);

const many = (count: number, parts: Partial<Rollout> = {}) =>
  Array.from({ length: count }, (_, n) =>
    succeededFixture({ id: `past-${n + 1}`, ...parts }),
  );

async function renderHistory(rollouts: Rollout[], at?: string) {
  const api = new FakeCanaryApi({ rollouts });
  const listRollouts = jest.spyOn(api, 'listRollouts');
  await renderWith(api, <Tab />, { at });
  return { listRollouts };
}

describe('History', () => {
  it('says version, result, worst metric, who and how long, with a permalink', async () => {
    await renderHistory([
      rolledBackFixture({
        id: 'past',
        worstMetric: {
          metric: 'error-rate',
          scope: 'background',
          verdict: 'Fail',
          rule: 'canary 7.3 % is more than 1 %',
          at: rolloutFixture().startedAt,
        },
      }),
    ]);
    const [row] = await rows();
    const cells = within(row).getAllByRole('cell');
    const words = ['Rolled back', 'v1 → v2', 'Error rate', 'jane.doe'];
    words.forEach((word, n) => expect(cells[n]).toHaveTextContent(word));
    expect(cells[2]).toHaveTextContent('Fail');
    expect(within(cells[2]).getByTitle(/more than 1 %/)).toBeInTheDocument();
    expect(within(cells[3]).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/user/jane.doe',
    );
    expect(within(cells[4]).getByRole('link')).toHaveAttribute(
      'href',
      '/canary/rollouts/past',
    );
    expect(cells[5]).toHaveTextContent('7 min, 40 sec');
  });

  it('says that a rollout without a judged metric was not judged', async () => {
    await renderHistory([succeededFixture({ startedBy: 'service:ci' })]);
    const [row] = await rows();
    expect(row).toHaveTextContent('not judged');
    expect(row).toHaveTextContent('service ci');
  });

  it('names three containers at most in a row, and says how many more', async () => {
    const images = (tag: string) =>
      Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e'].map(name => [name, `${name}:${tag}`]),
      );
    await renderHistory([
      succeededFixture({
        images: { stable: images('v1'), canary: images('v2') },
      }),
    ]);
    const cell = within((await rows())[0]).getAllByRole('cell')[1];
    expect(cell).toHaveTextContent('c: v1 → v2and 2 more containers');
    expect(cell).not.toHaveTextContent('d: v1');
  });

  it('has everything else in the details of a row', async () => {
    await renderHistory([
      rolledBackFixture({
        id: 'past',
        retryOf: 'earlier',
        worstMetric: {
          metric: 'gone-from-the-plan',
          scope: 'background',
          verdict: 'Fail',
          rule: 'canary 7.3 % is more than 1 %',
          at: rolloutFixture().startedAt,
        },
      }),
    ]);
    const button = await screen.findByRole('button', { name: /^Details of/ });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(button);
    expect(button).toHaveAttribute('aria-expanded', 'true');
    const details = (await rows())[1];
    for (const words of [
      'Error rate of the canary was 7.3 %, more than the allowed 1 %',
      'Faster checkout',
      'gone-from-the-plan: canary 7.3 % is more than 1 %',
      'shop/checkout:v1 → shop/checkout:v2',
      'Deployment checkout, namespace shop, cluster sandbox',
      'Careful',
    ]) {
      expect(details).toHaveTextContent(words);
    }
    expect(
      within(details).getByRole('link', { name: /^Retry of/ }),
    ).toHaveAttribute('href', '/canary/rollouts/earlier');
  });

  it('turns pages with the keyboard and never holds more than one', async () => {
    await renderHistory(many(23));
    expect(await rows()).toHaveLength(10);
    const older = screen.getByRole('button', { name: 'Older' });
    older.focus();
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('Page 2')).toBeInTheDocument();
    expect(await rows()).toHaveLength(10);
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('Page 3')).toBeInTheDocument();
    expect(await rows()).toHaveLength(3);
    expect(older).toHaveFocus();
    expect(older).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'Newest' }));
    expect(await screen.findByText('Page 1')).toBeInTheDocument();
    expect(await rows()).toHaveLength(10);
  });

  it('has no pager where one page holds all', async () => {
    await renderHistory(many(10));
    expect(await rows()).toHaveLength(10);
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
  });

  it('asks the server for one result, and for all again', async () => {
    const { listRollouts } = await renderHistory([
      rolloutFixture({ id: 'running' }),
      rolledBackFixture({ id: 'back' }),
      ...many(3),
    ]);
    expect(await rows()).toHaveLength(5);
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Result' }),
      'Rolled back',
    );
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(listRollouts).toHaveBeenLastCalledWith({
      entityRef: ENTITY_REF,
      phase: ['RolledBack'],
      limit: 10,
      cursor: undefined,
    });
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: 'Result' }),
      'Running',
    );
    await waitFor(async () =>
      expect((await rows())[0]).toHaveTextContent('Progressing'),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await waitFor(async () => expect(await rows()).toHaveLength(5));
  });

  it.each([
    ['tom', 'user:default/tom'],
    ['user:default/tom', 'user:default/tom'],
    ['service:ci', 'service:ci'],
    ['/', '/'],
  ])('asks the server for who started: %s', async (words, startedBy) => {
    const { listRollouts } = await renderHistory([
      succeededFixture({ id: 'mine', startedBy }),
      ...many(2),
    ]);
    await userEvent.type(
      await screen.findByRole('combobox', { name: 'Started by' }),
      `${words}{Enter}`,
    );
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(listRollouts.mock.calls.at(-1)![0]).toMatchObject({ startedBy });
  });

  it('takes its filter from the address', async () => {
    await renderHistory(
      [rolledBackFixture({ id: 'back' }), ...many(2)],
      '/?result=RolledBack&by=user:default/jane.doe',
    );
    await waitFor(async () => expect(await rows()).toHaveLength(1));
    expect(screen.getByRole('combobox', { name: 'Started by' })).toHaveValue(
      'user:default/jane.doe',
    );
  });

  it('says that no rollout matches', async () => {
    await renderHistory(many(2), '/?result=RolledBack');
    expect(await screen.findByText('No rollout matches.')).toBeInTheDocument();
  });

  it('says why a page cannot be loaded, and tries again', async () => {
    const { listRollouts } = await renderHistory(many(12));
    await rows();
    listRollouts.mockRejectedValueOnce(new Error('down'));
    await userEvent.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('down');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(async () => expect(await rows()).toHaveLength(2));
  });
});
