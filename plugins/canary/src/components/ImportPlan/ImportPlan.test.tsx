import { InputError } from '@backstage/errors';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeCanaryApi, importFixture } from '../../__testUtils__';
import { renderWith } from '../../__testUtils__/renderTab';
import { ImportPlan } from './ImportPlan';

const TEXT = 'kind: AnalysisTemplate';

async function openDialog(api: Partial<FakeCanaryApi> = new FakeCanaryApi()) {
  await renderWith(api, <ImportPlan />);
  await userEvent.click(screen.getByRole('button', { name: 'Import a plan' }));
  return screen.findByRole('dialog', { name: 'Import a plan' });
}

async function paste(text = TEXT) {
  await userEvent.click(screen.getByLabelText('Text to import'));
  await userEvent.paste(text);
}

const convert = () =>
  userEvent.click(screen.getByRole('button', { name: 'Convert' }));

describe('ImportPlan', () => {
  it('shows the text to copy and every note with its place', async () => {
    const api = new FakeCanaryApi();
    await openDialog(api);
    await paste();
    await convert();

    expect(api.imports).toEqual([{ text: TEXT }]);
    const yaml = await screen.findByRole('region', {
      name: 'Text for app-config.yaml',
    });
    expect(yaml).toHaveTextContent('setWeight: 60');
    expect(
      screen.getByRole('heading', { name: 'From Argo Rollouts' }),
    ).toBeInTheDocument();
    const notes = within(
      screen.getByRole('list', { name: 'What to know about it (3)' }),
    ).getAllByRole('listitem');
    expect(notes.map(note => note.textContent)).toEqual([
      expect.stringMatching(/^Lostspec\.metrics\[0\].*insecureNothing here/),
      expect.stringMatching(/^Changedspec\.metrics\[0\]\.nameA fixed range/),
      expect.stringMatching(/^Checkspec\.metrics\[0\].*addressThe portal/),
    ]);
    expect(screen.getByRole('status')).toHaveTextContent('with notes: 3');
  });

  it.each([
    ['Text copied', async () => {}],
    [
      'The browser refused. Select the text and copy it yourself.',
      async () => {
        throw new Error('no clipboard');
      },
    ],
  ])('copies the text and says: %s', async (said, write) => {
    const user = userEvent.setup();
    const writeText = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockImplementation(write);
    await openDialog();
    await paste();
    await convert();
    await user.click(await screen.findByRole('button', { name: 'Copy text' }));
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(writeText).toHaveBeenCalledWith(importFixture().yaml);
  });

  it('brings what has come into sight', async () => {
    const scroll = jest.fn();
    Element.prototype.scrollIntoView = scroll;
    await openDialog();
    await paste();
    expect(scroll).not.toHaveBeenCalled();
    await convert();
    await screen.findByRole('heading', { name: 'From Argo Rollouts' });
    expect(scroll).toHaveBeenCalledTimes(1);
  });

  it('sends the format that a person chose', async () => {
    const api = new FakeCanaryApi();
    await openDialog(api);
    await paste();
    await userEvent.selectOptions(screen.getByLabelText('Format'), 'Flagger');
    await convert();
    expect(api.imports).toEqual([{ text: TEXT, format: 'flagger' }]);
  });

  it('waits for a text', async () => {
    await openDialog();
    const button = screen.getByRole('button', { name: 'Convert' });
    expect(button).toBeDisabled();
    await paste('  ');
    expect(button).toBeDisabled();
    await paste();
    expect(button).toBeEnabled();
  });

  it('says why a text cannot be imported', async () => {
    const api = new FakeCanaryApi();
    api.importPlan = async () => {
      throw new InputError('spec.metrics: must be a list, and is a map');
    };
    await openDialog(api);
    await paste();
    await convert();
    expect(
      await screen.findByText('The text cannot be imported'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/must be a list, and is a map/),
    ).toBeInTheDocument();
  });

  it('takes a result away that is no longer of the text', async () => {
    await openDialog();
    await paste();
    await convert();
    expect(await screen.findByRole('region')).toBeInTheDocument();
    await paste('more');
    expect(screen.queryByRole('region')).not.toBeInTheDocument();
  });

  it('says that everything was carried over', async () => {
    await openDialog(
      new FakeCanaryApi({ imported: importFixture({ notes: [] }) }),
    );
    await paste();
    await convert();
    expect(
      await screen.findByText('Everything was carried over.'),
    ).toBeInTheDocument();
  });

  it('closes', async () => {
    const dialog = await openDialog();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await screen.findByRole('button', { name: 'Import a plan' });
    expect(dialog).not.toBeVisible();
  });
});
