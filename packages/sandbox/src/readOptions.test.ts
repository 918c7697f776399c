import { readOptions } from './readOptions';

describe('readOptions', () => {
  it('has the ports of the documentation when nothing is set', () => {
    expect(readOptions({})).toEqual({
      kubernetesPort: 16443,
      gatewayPort: 18080,
      controlPort: 18081,
      prometheus: 19090,
      errorShare: 0.004,
    });
  });

  it('takes every value from its variable', () => {
    expect(
      readOptions({
        CANARY_SANDBOX_KUBERNETES_PORT: '1',
        CANARY_SANDBOX_GATEWAY_PORT: '2',
        CANARY_SANDBOX_CONTROL_PORT: '3',
        CANARY_SANDBOX_PROMETHEUS: 'false',
        CANARY_SANDBOX_STATE_FILE: 'x.json',
        CANARY_SANDBOX_TOKEN: 't',
        CANARY_SANDBOX_LOAD: '7',
        CANARY_SANDBOX_ERROR_SHARE: '0',
      }),
    ).toEqual({
      kubernetesPort: 1,
      gatewayPort: 2,
      controlPort: 3,
      prometheus: false,
      stateFile: 'x.json',
      token: 't',
      errorShare: 0,
      load: { requestsPerSecond: 7 },
    });
  });

  it.each(['x', '-1', '0.3'])('refuses %p as a share of errors', value => {
    expect(() => readOptions({ CANARY_SANDBOX_ERROR_SHARE: value })).toThrow(
      'CANARY_SANDBOX_ERROR_SHARE must be from 0 to 0.2',
    );
  });

  it.each(['x', '-1', '70000', '1.5'])('refuses %p as a port', value => {
    expect(() => readOptions({ CANARY_SANDBOX_GATEWAY_PORT: value })).toThrow(
      'CANARY_SANDBOX_GATEWAY_PORT',
    );
  });
});
