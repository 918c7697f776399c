import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './freePort';
import { isInstalled, startServer, temporaryFolder } from './startServer';

/** Whether a real Prometheus can be started with samples of a test's own. */
export const hasPrometheus =
  isInstalled('prometheus', '--version') &&
  isInstalled('promtool', '--version');

/** A real Prometheus that holds the samples of an OpenMetrics text, which ends with `# EOF`. */
export async function startPrometheus(
  openMetrics: string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const folder = await temporaryFolder('prometheus');
  const samples = join(folder, 'samples.txt');
  await writeFile(samples, openMetrics);
  const data = join(folder, 'data');
  const { status, stdout, stderr } = spawnSync('promtool', [
    'tsdb',
    'create-blocks-from',
    'openmetrics',
    samples,
    data,
  ]);
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  const config = join(folder, 'prometheus.yml');
  await writeFile(config, 'scrape_configs: []\n');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { close } = await startServer({
    command: [
      'prometheus',
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    folder,
    readyUrl: `${url}/-/ready`,
  });
  return { url, close };
}
