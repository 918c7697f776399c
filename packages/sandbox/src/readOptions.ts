import { MOST_ERRORS } from './payments';
import { SandboxOptions } from './SandboxOptions';

/** No service is without errors; three times as many can be told apart. */
const DEFAULT_ERROR_SHARE = 0.004;

/** The sandbox as `npm start` knows it; every value can be set by its variable. */
export function readOptions(
  env: Readonly<Record<string, string | undefined>>,
): SandboxOptions {
  const port = (name: string, fallback: number) => {
    const text = env[`CANARY_SANDBOX_${name}_PORT`];
    const value = text ? Number(text) : fallback;
    if (!Number.isInteger(value) || value < 0 || value > 65535) {
      throw new Error(
        `CANARY_SANDBOX_${name}_PORT must be a port, not ${text}`,
      );
    }
    return value;
  };
  const load = env.CANARY_SANDBOX_LOAD;
  const errorShare = Number(
    env.CANARY_SANDBOX_ERROR_SHARE || DEFAULT_ERROR_SHARE,
  );
  if (!(errorShare >= 0 && errorShare <= MOST_ERRORS)) {
    throw new Error(
      `CANARY_SANDBOX_ERROR_SHARE must be from 0 to ${MOST_ERRORS}, not ${env.CANARY_SANDBOX_ERROR_SHARE}`,
    );
  }
  return {
    kubernetesPort: port('KUBERNETES', 16443),
    gatewayPort: port('GATEWAY', 18080),
    controlPort: port('CONTROL', 18081),
    prometheus:
      env.CANARY_SANDBOX_PROMETHEUS === 'false'
        ? false
        : port('PROMETHEUS', 19090),
    stateFile: env.CANARY_SANDBOX_STATE_FILE || undefined,
    token: env.CANARY_SANDBOX_TOKEN || undefined,
    errorShare,
    load: load ? { requestsPerSecond: Number(load) } : undefined,
  };
}
