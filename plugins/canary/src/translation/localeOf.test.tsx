import { screen, within } from '@testing-library/react';
import {
  eventFixture,
  FakeCanaryApi,
  measurementFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../__testUtils__';
import { renderTab, renderWith } from '../__testUtils__/renderTab';
import { CanaryPage } from '../components/CanaryPage';
import { regionalLocale } from './localeOf';

/** `0.4 %`, `1,080`, `Nov 22`, `8:05 PM`: as no German would write it. */
const ENGLISH =
  /\d\.\d+ (%|ms)|\d,\d{3}\b|\b(Nov|Oct|Dec) \d|\d [AP]M\b|\d (sec|hr)\b/;

describe('regionalLocale', () => {
  it.each([
    ['de', ['en-US', 'de-AT', 'de'], 'de-AT'],
    ['de', ['en-US', 'en'], 'de'],
    ['en', ['eng', 'en-GB'], 'en-GB'],
    ['pt-br', [], 'pt-BR'],
    ['not a language', ['en'], undefined],
    ['', ['en'], undefined],
  ])('of %p for who prefers %p is %p', (language, preferred, want) => {
    expect(regionalLocale(language, preferred)).toBe(want);
  });
});

describe('numbers and times', () => {
  beforeEach(() => localStorage.clear());

  const rollouts = [
    rolloutFixture({
      weight: { desired: 12.5, observed: 12.5, verified: true },
      remaining: { estimatedMs: 131_000, waitsForPeople: false },
    }),
    succeededFixture({ id: 'past-1' }),
    rolledBackFixture({ id: 'past-2', outcome: undefined }),
  ];

  it('speak German with the words of the tab', async () => {
    const rule = 'the rule as recorded';
    const api = new FakeCanaryApi({
      rollouts,
      events: [eventFixture(1)],
      measurements: [
        measurementFixture(1, { rule }),
        measurementFixture(1, {
          metric: 'latency',
          unit: 'ms',
          canary: 212.5,
          rule,
        }),
      ],
    });
    const { container } = await renderTab(api, { language: 'de' });
    const panel = await screen.findByRole('region', { name: 'Error rate' });
    expect(
      within(panel).getByRole('img', { name: /Canary 0,4 %, Stable 0,3 %/ }),
    ).toBeInTheDocument();
    expect(panel).toHaveTextContent('1.080 Stable');
    expect(screen.getAllByText(/^12,5 %/)).not.toHaveLength(0);
    expect(wordsOf(container)).not.toMatch(ENGLISH);
  });

  it('speak German with the words of the page', async () => {
    const api = new FakeCanaryApi({ rollouts });
    const { container } = await renderWith(api, <CanaryPage />, {
      language: 'de',
    });
    await screen.findAllByText(/21 Min\./);
    expect(wordsOf(container)).not.toMatch(ENGLISH);
  });
});

/** What is read, but for what was recorded in English and is shown as it was. */
function wordsOf(container: HTMLElement): string {
  const recorded = [...container.querySelectorAll('bdi')];
  recorded.forEach(each => each.remove());
  return container.innerText ?? container.textContent ?? '';
}
