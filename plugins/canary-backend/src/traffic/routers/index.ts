import { TrafficRouter } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { gatewayApi } from './gateway-api';
import { replicaRatio } from './replica-ratio';

/** Routers that come with the plugin; modules add theirs through the extension point. */
export const builtInTrafficRouters = () =>
  new Registry<TrafficRouter>('traffic router', [gatewayApi, replicaRatio]);
