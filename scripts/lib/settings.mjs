import path from 'node:path';
import { root } from './say.mjs';

const { env } = process;
const port = (name, otherwise) => Number(env[name] ?? otherwise);

const ports = {
  portal: port('CANARY_PORTAL_PORT', 3000),
  backend: port('CANARY_BACKEND_PORT', 7007),
  kubernetes: port('CANARY_SANDBOX_KUBERNETES_PORT', 16443),
  gateway: port('CANARY_SANDBOX_GATEWAY_PORT', 18080),
  control: port('CANARY_SANDBOX_CONTROL_PORT', 18081),
  prometheus: port('CANARY_SANDBOX_PROMETHEUS_PORT', 19090),
};
const dataDir = path.resolve(root, env.CANARY_DATA_DIR ?? '.data');

/** Ports and folders of a run; each can be moved by an environment variable. */
export const settings = {
  ports,
  dataDir,
  env: {
    ...env,
    NODE_ENV: env.NODE_ENV ?? 'development',
    CANARY_DATA_DIR: dataDir,
    CANARY_SANDBOX_STATE_FILE: path.join(dataDir, 'sandbox.json'),
  },
};
