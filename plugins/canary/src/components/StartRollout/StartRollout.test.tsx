import { ConflictError, InputError, ResponseError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeCanaryApi,
  previewFixture,
  rolledBackFixture,
  succeededFixture,
} from '../../__testUtils__';
import { checkout, renderWith } from '../../__testUtils__/renderTab';
import { StartRollout } from './StartRollout';

const onStarted = jest.fn();

async function fill(field: HTMLElement, text: string) {
  await userEvent.click(field);
  await userEvent.paste(text);
}

async function openDialog(api: FakeCanaryApi, entity = checkout) {
  await renderWith(
    api,
    <StartRollout
      entity={entity}
      latest={api.rollouts[0]}
      busy={false}
      onStarted={onStarted}
    />,
  );
  await userEvent.click(
    await screen.findByRole('button', { name: 'Start rollout' }),
  );
  return within(await screen.findByRole('dialog', { name: 'Start a rollout' }));
}

const image = (dialog: ReturnType<typeof within>) =>
  dialog.getByLabelText('Image');
const start = (dialog: ReturnType<typeof within>) =>
  dialog.getByRole('button', { name: 'Start' });

describe('StartRollout', () => {
  it('starts with image, plan and reason, and says that it has', async () => {
    const api = new FakeCanaryApi();
    const dialog = await openDialog(api);
    expect(start(dialog)).toBeDisabled();
    await fill(image(dialog), ' shop/checkout:v3 ');
    await userEvent.selectOptions(
      await dialog.findByRole('combobox', { name: 'Plan' }),
      await dialog.findByRole('option', { name: 'Demo' }),
    );
    await fill(dialog.getByRole('textbox', { name: 'Reason' }), 'Faster');
    await waitFor(() => expect(start(dialog)).toBeEnabled());
    await userEvent.click(start(dialog));

    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(onStarted.mock.calls).toEqual([[api.rollouts[0]]]);
    expect(api.started).toEqual([
      {
        entityRef: 'component:default/checkout',
        image: 'shop/checkout:v3',
        plan: 'demo',
        reason: 'Faster',
      },
    ]);
  });

  it('shows what will happen before it can be started', async () => {
    const dialog = await openDialog(new FakeCanaryApi());
    await fill(image(dialog), 'shop/checkout:v2');
    const table = await dialog.findByRole('table');
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual([
      'Send 10 % of traffic10 %110 sec',
      'Wait 5 min10 %15 min',
      'Send 50 % of traffic50 %210 sec',
      'Approval by group:default/sre50 %2until a person acts',
      'Promotion: the new version replaces the stable one',
    ]);
    expect(dialog.getByText(/gets 10 % of traffic first/)).toHaveTextContent(
      'at most 50 %. Only then does it replace shop/checkout:v1',
    );
    expect(dialog.getByText(/Watched all along/)).toHaveTextContent(
      'Error rate, Latency p95',
    );
    expect(dialog.getByText(/At least 5 min, 20 sec/)).toBeInTheDocument();
    expect(dialog.getByText(/queues is not split/)).toBeInTheDocument();
  });

  it('tells of every container what becomes of it, init containers too', async () => {
    const api = new FakeCanaryApi();
    const [app] = previewFixture().containers;
    jest.spyOn(api, 'previewRollout').mockResolvedValue(
      previewFixture({
        containers: [
          app,
          { name: 'proxy', kind: 'container', stable: 'p:1', canary: 'p:1' },
          {
            name: 'migrate',
            kind: 'init',
            stable: 'shop/checkout:v1',
            canary: 'shop/checkout:v2',
          },
          { name: 'log', kind: 'sidecar', stable: 'l:3', canary: 'l:3' },
        ],
      }),
    );
    const dialog = await openDialog(api);
    await fill(image(dialog), 'shop/checkout:v2');
    for (const sentence of [
      'app: shop/checkout:v1 becomes shop/checkout:v2',
      'proxy keeps p:1',
      'migrate (init container): shop/checkout:v1 becomes shop/checkout:v2',
      'log (sidecar) keeps l:3',
    ]) {
      expect(await dialog.findByText(sentence)).toBeVisible();
    }
  });

  it('tells what the plan would notice, how soon, and how often it errs', async () => {
    const api = new FakeCanaryApi();
    const detectability = {
      metric: 'errors',
      title: 'Errors',
      unit: 'percent',
      alpha: 0.05,
      dispersion: 1,
      traffic: {
        requestsPerSecond: 40.37,
        rate: 0.004281,
        at: '2026-11-23T00:00:00Z',
      },
      detection: [{ ratio: 2, afterMs: 360_000 }, { ratio: 5 }],
    };
    jest.spyOn(api, 'previewRollout').mockResolvedValue(
      previewFixture({
        detectability: [
          detectability,
          {
            ...detectability,
            metric: 'latency',
            title: 'Latency',
            traffic: undefined,
            detection: [],
          },
        ],
      }),
    );
    const dialog = await openDialog(api);
    await fill(image(dialog), 'shop/checkout:v2');
    const list = await dialog.findByRole('list', {
      name: 'What this plan would notice',
    });
    const [errors, latency] = within(list).getAllByRole('listitem');
    expect(errors).toHaveTextContent(
      /of 40 requests\/s, 0.43 % fail today. 2 times as many would stop the rollout after about 6 min. 5 times as many would not be noticed/,
    );
    expect(latency).toHaveTextContent('nothing was measured yet');
    expect(
      dialog.getByText(/in at most 10 % of the rollouts, provided that/),
    ).toBeVisible();
  });

  it('promises of a plan that only observes neither a replacement nor a way back', async () => {
    const api = new FakeCanaryApi();
    const plan = { ...previewFixture().plan, observeOnly: true as const };
    jest
      .spyOn(api, 'previewRollout')
      .mockResolvedValue(previewFixture({ plan }));
    const dialog = await openDialog(api);
    await fill(image(dialog), 'shop/checkout:v1');
    expect(await dialog.findByText(/More pods of/)).toHaveTextContent(
      'More pods of shop/checkout:v1 run beside the present ones and get at most 50 % of traffic. Nothing is replaced.',
    );
    expect(dialog.getByText(/Measured all along/)).toHaveTextContent(
      'Error rate, Latency p95. No metric decides anything',
    );
    expect(dialog.queryByText(/for all users|goes back to/)).toBeNull();
  });

  it('says which metric is compared with an earlier window', async () => {
    const api = new FakeCanaryApi();
    const preview = api.previewRollout.bind(api);
    api.previewRollout = async request => {
      const answer = await preview(request);
      const latency = answer.plan.metrics.latency;
      const baseline = { offsetMs: 604_800_000 };
      const metrics = {
        ...answer.plan.metrics,
        latency: { ...latency, baseline },
      };
      return { ...answer, plan: { ...answer.plan, metrics } };
    };
    const dialog = await openDialog(api);
    await fill(image(dialog), 'shop/checkout:v2');
    expect(
      await dialog.findByText(
        'Latency p95 is compared with: Same window last week.',
      ),
    ).toBeInTheDocument();
    expect(dialog.queryByText(/Error rate is compared/)).toBeNull();
  });

  it('says which plan the entity has by itself', async () => {
    const entity = {
      ...checkout,
      metadata: {
        name: 'checkout',
        annotations: { 'canary/plan': 'careful' },
      },
    };
    const dialog = await openDialog(new FakeCanaryApi(), entity);
    expect(
      dialog.getByRole('option', { name: 'As the entity says: careful' }),
    ).toBeInTheDocument();
  });

  it('asks once for what was typed, not for every letter', async () => {
    const api = new FakeCanaryApi();
    const previews = jest.spyOn(api, 'previewRollout');
    const dialog = await openDialog(api);
    await userEvent.type(image(dialog), 'shop:v2');
    await dialog.findByRole('table');
    await fill(dialog.getByRole('textbox', { name: 'Reason' }), 'why');
    expect(previews.mock.calls.at(-1)![0]).toEqual({
      entityRef: 'component:default/checkout',
      image: 'shop:v2',
    });
    expect(previews.mock.calls.length).toBeLessThan(7);
    expect(start(dialog)).toBeEnabled();
  });

  it('never starts what differs from the preview that is shown', async () => {
    const dialog = await openDialog(new FakeCanaryApi());
    await fill(image(dialog), 'shop/checkout:v2');
    await waitFor(() => expect(start(dialog)).toBeEnabled());
    await fill(image(dialog), '-hotfix');
    expect(start(dialog)).toBeDisabled();
    expect(dialog.queryByRole('table')).not.toBeInTheDocument();
    await waitFor(() => expect(start(dialog)).toBeEnabled());
  });

  it('does not start what the preview refuses, and says why', async () => {
    const api = new FakeCanaryApi();
    api.previewRollout = async () => {
      throw new InputError(
        'image does not say which container it is for: none of app, proxy',
      );
    };
    const dialog = await openDialog(api);
    await fill(image(dialog), 'other/image:v2');
    const alert = await dialog.findByRole('alert');
    expect(alert).toHaveTextContent('This rollout cannot start.');
    expect(alert).toHaveTextContent('none of app, proxy');
    expect(start(dialog)).toBeDisabled();

    delete (api as Partial<FakeCanaryApi>).previewRollout;
    await userEvent.click(dialog.getByRole('button', { name: 'Check again' }));
    await waitFor(() => expect(start(dialog)).toBeEnabled());
  });

  it('offers to replace a broken stable version only where the refusal does', async () => {
    const api = new FakeCanaryApi();
    const preview = api.previewRollout.bind(api);
    const name = 'Replace the broken stable version';
    let overrides: string[] = [];
    api.previewRollout = async request => {
      if (request.acceptBrokenStable) return preview(request);
      const body = {
        error: {
          name: 'InputError',
          message: 'none of its 4 pods is ready',
          overrides,
        },
        response: { statusCode: 400 },
      };
      throw await ResponseError.fromResponse({
        status: 400,
        statusText: 'Bad Request',
        headers: new Headers({ 'content-type': 'application/json' }),
        text: async () => JSON.stringify(body),
        json: async () => body,
      } as any);
    };
    const dialog = await openDialog(api);
    await fill(image(dialog), 'shop/checkout:v3');
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'none of its 4 pods is ready',
    );
    expect(dialog.queryByRole('checkbox', { name })).toBeNull();

    overrides = ['acceptBrokenStable'];
    await userEvent.click(dialog.getByRole('button', { name: 'Check again' }));
    const box = await dialog.findByRole('checkbox', { name });
    expect(box).toHaveAccessibleDescription(/only metrics with limits of/);
    expect(start(dialog)).toBeDisabled();
    await userEvent.click(box);
    await waitFor(() => expect(start(dialog)).toBeEnabled());
    await userEvent.click(start(dialog));
    await waitFor(() => expect(api.started).toHaveLength(1));
    expect(api.started[0].acceptBrokenStable).toBe(true);
  });

  it('takes an image for each container, named as in the rollout before', async () => {
    const api = new FakeCanaryApi({
      rollouts: [
        succeededFixture({
          images: {
            stable: { app: 'shop:v1', proxy: 'proxy:1' },
            canary: { app: 'shop:v2', proxy: 'proxy:2' },
          },
        }),
      ],
    });
    const dialog = await openDialog(api);
    await userEvent.click(
      dialog.getByRole('button', { name: 'Set an image per container' }),
    );
    expect(dialog.getByRole('textbox', { name: 'Container 2' })).toHaveValue(
      'proxy',
    );
    await fill(dialog.getByLabelText('Image of container 1'), 'shop:v3');
    await waitFor(() => expect(start(dialog)).toBeEnabled());
    await userEvent.click(start(dialog));
    await waitFor(() => expect(api.started).toHaveLength(1));
    expect(api.started[0].images).toEqual({ app: 'shop:v3' });
    expect(api.started[0].image).toBeUndefined();
  });

  it('says why a start was refused, and stays open', async () => {
    const api = new FakeCanaryApi();
    api.startRollout = async () => {
      throw new ConflictError('A rollout of shop/checkout is running');
    };
    const dialog = await openDialog(api);
    await fill(image(dialog), 'shop/checkout:v2');
    await waitFor(() => expect(start(dialog)).toBeEnabled());
    await userEvent.click(start(dialog));
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'A rollout of shop/checkout is running',
    );
    expect(start(dialog)).toBeEnabled();
  });

  it('understands a version alone, and offers those from before with what became of them', async () => {
    const api = new FakeCanaryApi({
      rollouts: [
        rolledBackFixture({
          images: {
            stable: { app: 'shop/checkout:v2' },
            canary: { app: 'shop/checkout:v3' },
          },
        }),
        succeededFixture({ id: 'before' }),
      ],
    });
    const dialog = await openDialog(api);
    const versions = within(
      await dialog.findByRole('list', { name: 'Last versions' }),
    );
    expect(
      versions.getAllByRole('button').map(each => each.textContent),
    ).toEqual(['v3: Rolled back', 'v1: replaced']);

    await fill(image(dialog), 'v4');
    expect(dialog.getByText('Starts shop/checkout:v4')).toBeInTheDocument();
    await userEvent.clear(image(dialog));
    await userEvent.click(versions.getByRole('button', { name: /^v1/ }));
    expect(image(dialog)).toHaveValue('shop/checkout:v1');
    await userEvent.clear(image(dialog));
    await fill(image(dialog), 'v4');
    await waitFor(() => expect(start(dialog)).toBeEnabled());
    await userEvent.click(start(dialog));
    await waitFor(() => expect(api.started).toHaveLength(1));
    expect(api.started[0].image).toBe('shop/checkout:v4');
  });

  it('shows the text of the plan beside what it does', async () => {
    const dialog = await openDialog(new FakeCanaryApi());
    await userEvent.selectOptions(
      dialog.getByRole('combobox', { name: 'Plan' }),
      await dialog.findByRole('option', { name: 'Careful' }),
    );
    const text = await dialog.findByRole('region', {
      name: 'Text of the plan',
    });
    expect(text).toHaveTextContent('- setWeight: 10 - pause: duration: 5m');
    expect(text).toHaveTextContent('gate: duration: 8s');
  });
});
