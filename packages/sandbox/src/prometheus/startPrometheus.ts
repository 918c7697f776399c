import { createServer } from 'node:http';
import { close, listen } from '../http/listen';
import { findBinary } from './findBinary';
import { PrometheusProcess } from './PrometheusProcess';

/**
 * Starts Prometheus where there is one; undefined, and a line in the log, where
 * there is none or where it cannot start: the figures are on `/stats` anyway.
 */
export async function startPrometheus(options: {
  /** `true` for any free port, `false` for none. */
  readonly port: boolean | number;
  /** URL of the control server. */
  readonly controlUrl: string;
  readonly log: (line: string) => void;
}): Promise<PrometheusProcess | undefined> {
  const { port, controlUrl, log } = options;
  if (port === false) return undefined;
  const binary = findBinary('prometheus');
  if (!binary) {
    log('prometheus: not on the PATH, use /stats of the control port');
    return undefined;
  }
  const prometheus = await PrometheusProcess.create({
    binary,
    port: typeof port === 'number' && port > 0 ? port : await freePort(),
    target: new URL(controlUrl).host,
  });
  try {
    await prometheus.start();
    return prometheus;
  } catch (error) {
    log(`prometheus: ${(error as Error).message}`);
    await prometheus.dispose();
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  const url = await listen(server, 0);
  await close(server);
  return Number(new URL(url).port);
}
