import { BuiltApp, buildApp, gzippedSize } from './buildApp';

/** What the plugin may add to the first load of every page, wherever a user goes. */
const BUDGET_BYTES = 5 * 1024;

/** Stands in the library's own class names, which no minifier touches. */
const CHARTS = 'recharts-cartesian-grid';

describe('what the plugin adds to an app', () => {
  let without: BuiltApp;
  let withPlugin: BuiltApp;

  beforeAll(async () => {
    without = await buildApp({ exclude: ['backstage-plugin-canary'] });
    withPlugin = await buildApp();
  }, 300_000);

  it('is at most 5 KiB of the entry', () => {
    const added = gzippedSize(withPlugin.entry) - gzippedSize(without.entry);
    process.stdout.write(
      `the plugin adds ${added} bytes (gzip) to the app's entry of ${gzippedSize(
        without.entry,
      )}\n`,
    );
    expect(added).toBeGreaterThan(0);
    expect(added).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it('leaves the charts out of the entry, for chunks of their own', () => {
    const drawn = ({ text }: { text: string }) => text.includes(CHARTS);
    expect(withPlugin.entry.filter(drawn)).toEqual([]);
    expect(withPlugin.chunks.filter(drawn)).not.toEqual([]);
  });
});
