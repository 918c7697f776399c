import { TrafficRouter } from 'backstage-plugin-canary-node';
import { gatewayApi } from './gateway-api';
import { replicaRatio } from './replica-ratio';

/** Routers that come with the plugin; modules add theirs through the extension point. */
export const builtInTrafficRouters: readonly TrafficRouter[] = [
  gatewayApi,
  replicaRatio,
];
