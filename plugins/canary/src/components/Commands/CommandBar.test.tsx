import { useState } from 'react';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Command, COMMANDS } from 'backstage-plugin-canary-common';
import {
  FakeCanaryApi,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { CommandBar } from './CommandBar';

const NAMES: Record<Command, string> = {
  promote: 'Promote',
  promoteFull: 'Promote fully',
  abort: 'Abort',
  pause: 'Pause',
  resume: 'Resume',
  retry: 'Retry',
  rollback: 'Roll back',
};

/** The bar over the first rollout of an API, as a page shows it. */
function Bar({ api }: { api: FakeCanaryApi }) {
  const [rollout, setRollout] = useState(api.rollouts[0]);
  return (
    <CommandBar
      rollout={rollout}
      onAnswered={setRollout}
      onRefresh={async () => setRollout(api.rollouts[0])}
    />
  );
}

const renderBar = (api: FakeCanaryApi) => renderWith(api, <Bar api={api} />);

async function fill(field: HTMLElement, text: string) {
  await userEvent.click(field);
  await userEvent.paste(text);
}

async function open(name: string) {
  await userEvent.click(await screen.findByRole('button', { name }));
  return within(await screen.findByRole('dialog'));
}

async function confirm(dialog: ReturnType<typeof within>, name: string) {
  await userEvent.click(dialog.getByRole('button', { name }));
}

describe('CommandBar', () => {
  it.each([
    ['all', [...COMMANDS]],
    ['few', ['abort', 'pause'] as Command[]],
    ['none', [] as Command[]],
  ])('has a button for exactly what is allowed: %s', async (_, allowed) => {
    const rollouts = [rolloutFixture({ allowedCommands: allowed })];
    await renderBar(new FakeCanaryApi({ rollouts }));
    for (const command of COMMANDS) {
      expect(
        screen.queryAllByRole('button', { name: NAMES[command] }),
      ).toHaveLength(allowed.includes(command) ? 1 : 0);
    }
  });

  it.each([
    ['promote', pausedFixture(), 'goes on with: Gate', 9],
    [
      'promoteFull',
      pausedFixture(),
      'shop/checkout:v2 replaces shop/checkout:v1',
      9,
    ],
    [
      'abort',
      pausedFixture(),
      'all traffic back to shop/checkout:v1 at once',
      undefined,
    ],
    ['pause', pausedFixture(), 'shop/checkout:v2 keeps 50 % of traffic', 9],
    [
      'resume',
      pausedFixture({ allowedCommands: ['resume'] }),
      'manual pause ends',
      9,
    ],
    ['retry', rolledBackFixture(), 'new rollout of shop/checkout:v2', 14],
    [
      'rollback',
      succeededFixture(),
      'puts shop/checkout:v1 back in the place of',
      14,
    ],
  ] as const)(
    'says what %s will do, and sends it with the version and the reason',
    async (command, rollout, effect, version) => {
      const api = new FakeCanaryApi({ rollouts: [rollout] });
      await renderBar(api);
      const dialog = await open(NAMES[command]);
      expect(
        screen.getByRole('dialog', { description: new RegExp(effect) }),
      ).toBeInTheDocument();
      await fill(dialog.getByRole('textbox', { name: 'Reason' }), ' because ');
      await confirm(dialog, NAMES[command]);

      await waitFor(() =>
        expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
      );
      expect(api.commands).toEqual([
        {
          id: rollout.id,
          command,
          expectedVersion: version,
          reason: 'because',
        },
      ]);
    },
  );

  it('does not promote fully without a reason', async () => {
    const api = new FakeCanaryApi({ rollouts: [rolloutFixture()] });
    await renderBar(api);
    const dialog = await open('Promote fully');
    const button = dialog.getByRole('button', { name: 'Promote fully' });
    expect(button).toBeDisabled();
    await fill(dialog.getByRole('textbox'), '   ');
    expect(button).toBeDisabled();
    await fill(dialog.getByRole('textbox'), 'hotfix');
    expect(button).toBeEnabled();
  });

  it('sends nothing when it is cancelled', async () => {
    const api = new FakeCanaryApi({ rollouts: [rolloutFixture()] });
    await renderBar(api);
    const dialog = await open('Abort');
    await confirm(dialog, 'Cancel');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.commands).toEqual([]);
  });

  it('explains a conflict, shows the fresh state, and sends that version', async () => {
    const api = new FakeCanaryApi({ rollouts: [pausedFixture()] });
    await renderBar(api);
    const dialog = await open('Promote');
    api.rollouts = [
      pausedFixture({
        version: 10,
        holds: [
          {
            reason: 'NoData',
            message: 'No requests came',
            since: 'now',
            endsBy: 'person',
          },
        ],
      }),
    ];
    await confirm(dialog, 'Promote');
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'The rollout is at version 10, the page showed 9',
    );
    expect(
      dialog.getByText(/It is now: Paused.*No requests came/),
    ).toBeVisible();

    await confirm(dialog, 'Promote');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.commands.map(each => each.expectedVersion)).toEqual([9, 10]);
  });

  it('stops asking for what the rollout does not allow any more', async () => {
    const api = new FakeCanaryApi({ rollouts: [pausedFixture()] });
    await renderBar(api);
    const dialog = await open('Promote');
    api.rollouts = [rolloutFixture({ version: 10 })];
    await confirm(dialog, 'Promote');
    expect(
      await dialog.findByText('This command is not possible any more.'),
    ).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Promote' })).toBeDisabled();
  });

  it.each([
    [new NotAllowedError('Only owners may'), 'You are not permitted'],
    [new Error('The database is away'), 'was not accepted'],
  ])(
    'says why %p was refused and lets the reader try again',
    async (error, title) => {
      const api = new FakeCanaryApi({ rollouts: [pausedFixture()] });
      api.sendCommand = async () => {
        throw error;
      };
      await renderBar(api);
      const dialog = await open('Promote');
      await confirm(dialog, 'Promote');
      const alert = await dialog.findByRole('alert');
      expect(alert).toHaveTextContent(title);
      expect(alert).toHaveTextContent(error.message);
      expect(dialog.getByRole('button', { name: 'Promote' })).toBeEnabled();
    },
  );

  it('shows the conflict of a command that a newer rollout refused', async () => {
    const api = new FakeCanaryApi({ rollouts: [succeededFixture()] });
    api.sendCommand = async () => {
      throw new ConflictError('A rollout of checkout is running');
    };
    await renderBar(api);
    const dialog = await open('Roll back');
    await confirm(dialog, 'Roll back');
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'A rollout of checkout is running',
    );
  });

  describe('says why a command is refused', () => {
    const refusals = {
      promote: 'The step is still working',
      resume: 'The rollout is not paused by hand',
    };

    it('on a button that takes the focus and sends nothing', async () => {
      const api = new FakeCanaryApi({
        rollouts: [rolloutFixture({ refusals })],
      });
      await renderBar(api);
      const promote = screen.getByRole('button', {
        name: 'Promote',
        description: 'The step is still working',
      });
      expect(promote).toHaveAttribute('aria-disabled', 'true');
      promote.focus();
      expect(promote).toHaveFocus();

      await userEvent.click(promote);
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
      expect(
        screen.getByText(/Promote is not possible now:/),
      ).toHaveTextContent('The step is still working');

      await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
      expect(screen.queryByText(/not possible now/)).not.toBeInTheDocument();
    });

    it('once, where nothing is possible for one reason', async () => {
      const sentence = 'The rollout is being taken back';
      const rollouts = [
        rolloutFixture({
          allowedCommands: [],
          refusals: Object.fromEntries(
            COMMANDS.map(command => [command, sentence]),
          ),
        }),
      ];
      await renderBar(new FakeCanaryApi({ rollouts }));
      expect(screen.getByText(/Nothing can be asked/)).toHaveTextContent(
        sentence,
      );
      expect(screen.queryByRole('button')).not.toBeInTheDocument();
    });
  });

  it('keeps what acts on all users apart', async () => {
    const rollouts = [rolloutFixture({ allowedCommands: [...COMMANDS] })];
    await renderBar(new FakeCanaryApi({ rollouts }));
    const apart = within(
      screen.getByRole('group', { name: /act on all users/ }),
    );
    expect(apart.getAllByRole('button').map(each => each.textContent)).toEqual([
      'Promote fully',
      'Roll back',
      'Abort',
    ]);
  });

  it('shows what a command answered, and reads out that it was accepted', async () => {
    const api = new FakeCanaryApi({ rollouts: [pausedFixture()] });
    const answer = pausedFixture({
      version: 10,
      allowedCommands: ['resume', 'abort'],
    });
    api.sendCommand = async () => answer;
    await renderBar(api);
    await confirm(await open('Promote'), 'Promote');
    const words = await screen.findByText('Promote was accepted.');
    expect(words.closest('[aria-live="polite"]')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Resume' })).toBeEnabled();
    expect(
      screen.queryByRole('button', { name: 'Promote' }),
    ).not.toBeInTheDocument();

    await open('Resume');
    expect(screen.queryByText(/was accepted/)).not.toBeInTheDocument();
  });
});
