import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  eventFixture,
  FakeCanaryApi,
  measurementFixture,
  pausedFixture,
} from '../__testUtils__';
import { renderTab } from '../__testUtils__/renderTab';

const EVIL =
  '<img src=x onerror="alert(1)"> [click](javascript:alert(1)) {{name}} $t(title) https://evil.example';

describe('hostile text', () => {
  it('is shown as the text that it is, everywhere', async () => {
    const images = { [EVIL]: EVIL };
    const api = new FakeCanaryApi({
      rollouts: [
        pausedFixture({
          id: '../../evil?x=<b>',
          images: { stable: images, canary: images },
          holds: [
            {
              reason: 'Manual',
              message: EVIL,
              since: EVIL,
              endsBy: 'person',
              until: EVIL,
            },
          ],
          waitingFor: { reason: EVIL, message: EVIL, nextCheckAt: EVIL },
          warnings: [EVIL],
          startedBy: EVIL,
          reason: EVIL,
          startedAt: EVIL,
          cluster: EVIL,
          namespace: EVIL,
          workload: { kind: EVIL, name: EVIL },
          plan: { ...pausedFixture().plan, title: EVIL },
          metrics: [
            {
              metric: EVIL,
              scope: EVIL,
              verdict: 'Pass',
              rule: EVIL,
              at: EVIL,
            },
          ],
        }),
      ],
      events: [
        eventFixture(1, { message: EVIL, actor: EVIL, data: { [EVIL]: EVIL } }),
      ],
      measurements: [
        measurementFixture(0, {
          metric: EVIL,
          unit: EVIL,
          rule: EVIL,
          message: EVIL,
          query: EVIL,
        }),
      ],
    });
    await renderTab(api);
    await screen.findByRole('status');
    await userEvent.click(
      await screen.findByRole('button', { name: /Show inputs of entry 1/ }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the numbers' }),
    );

    expect(document.querySelector('img')).toBeNull();
    expect(screen.getAllByText(EVIL, { exact: false }).length).toBeGreaterThan(
      10,
    );
    const targets = screen
      .getAllByRole('link')
      .map(link => link.getAttribute('href'));
    for (const target of targets) {
      expect(target).toMatch(/^\/canary\/rollouts\/\.\.%2F\.\.%2Fevil%3F/);
    }
  });
});
