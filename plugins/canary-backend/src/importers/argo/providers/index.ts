import { cloudWatch } from './cloudWatch';
import { datadog } from './datadog';
import { graphite } from './graphite';
import { influxdb } from './influxdb';
import { newRelic } from './newRelic';
import { prometheus } from './prometheus';
import { web } from './web';
import { Provider } from './Provider';

/** How each of Argo's providers is asked here; the others cannot be. */
export const argoProviders: Readonly<Record<string, Provider>> = {
  prometheus,
  datadog,
  newRelic,
  cloudWatch,
  graphite,
  influxdb,
  web,
};
