import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { KubeClient, KubeError } from './KubeClient';
import { until } from './until';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const OWN = path.join(__dirname, '../crds');
const ROOT = path.resolve(__dirname, '../../..');

/** Where real ones may lie, beside a checkout or its folder, with what makes them fit for an old server. */
const REAL = ['../shared/crds', '../../shared/crds']
  .map(place => path.join(ROOT, place))
  .find(existsSync);
const REAL_FILE =
  'gateway-api/standard/httproutes.gateway.networking.k8s.io.yaml';

/** The definition of routes as published, where it is there and wanted, else our stand-in. */
function routes(asPublished: boolean): string {
  const real = asPublished && REAL && path.join(REAL, REAL_FILE);
  if (!real || !existsSync(real)) {
    return readFileSync(path.join(OWN, 'httproutes.yaml'), 'utf8');
  }
  return execFileSync(
    process.execPath,
    [path.join(REAL, 'for-old-apiserver.mjs'), real],
    { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
}

/**
 * Makes the API server know routes, and loads that autoscalers go by.
 *
 * @param asPublished - take the real definition of routes where it can be had; a
 *   server needs some seconds more for it, each time that it starts
 */
export async function loadCrds(
  client: KubeClient,
  asPublished: boolean,
): Promise<void> {
  for (const text of [
    routes(asPublished),
    readFileSync(path.join(OWN, 'podmetrics.yaml'), 'utf8'),
  ]) {
    const { metadata, spec, ...rest } = parse(text);
    await client.create(CRDS, { ...rest, metadata, spec });
    const [{ name }] = spec.versions;
    const collection = `/apis/${spec.group}/${name}/${spec.names.plural}`;
    await until(`${metadata.name} to be served`, () =>
      client.list(collection).catch(error => {
        if (error instanceof KubeError && error.status === 404) return false;
        throw error;
      }),
    );
  }
}
