import {
  createExtensionTester,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { FakeCanaryApi, pausedFixture } from '../__testUtils__';
import { checkout, inLanguage } from '../__testUtils__/renderTab';
import { canaryApiRef } from '../api';
import { EntityCard } from '../components/EntityCard';
import { canaryTranslation } from '../translations';
import { canaryTranslations } from '../legacy';
import german from './de';
import { flattenMessages } from './flattenMessages';
import { messages } from './messages';

const english = flattenMessages(messages);
const keys = Object.keys(english) as (keyof typeof english)[];

const placeholdersOf = (message: string) =>
  [...message.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

function renderCardIn(language: string) {
  return renderInTestApp(
    <EntityProvider entity={checkout}>
      <EntityCard />
    </EntityProvider>,
    {
      apis: [
        [canaryApiRef, new FakeCanaryApi({ rollouts: [pausedFixture()] })],
      ],
      ...inLanguage(language),
    },
  );
}

describe('German', () => {
  it('has the keys of English, each of them with words', () => {
    expect(Object.keys(german).sort()).toEqual([...keys].sort());
    expect(keys.filter(key => german[key].trim() === '')).toEqual([]);
  });

  it('fills the same gaps as English', () => {
    const wrong = keys.filter(
      key =>
        placeholdersOf(german[key]).join() !==
        placeholdersOf(english[key]).join(),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the space around what is joined to other words', () => {
    const edgesOf = (message: string) => message.replace(/\S(.*\S)?/s, '|');
    expect(
      keys.filter(k => edgesOf(german[k]) !== edgesOf(english[k])),
    ).toEqual([]);
  });
});

describe('the module of translations', () => {
  beforeEach(() => localStorage.clear());

  it('brings the resource that the old frontend system takes too', () => {
    expect(
      createExtensionTester(canaryTranslation).get(
        TranslationBlueprint.dataRefs.translation,
      ),
    ).toBe(canaryTranslations);
  });

  it.each([
    ['de', 'Canary-Status', 'Angehalten'],
    ['en', 'Canary status', 'Paused'],
  ])('shows the card in %s', async (language, title, phase) => {
    renderCardIn(language);
    expect(await screen.findByText(title)).toBeInTheDocument();
    expect(await screen.findByRole('status')).toHaveTextContent(phase);
  });
});
