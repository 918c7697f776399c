import { readOptions } from './readOptions';
import { startSandbox } from './startSandbox';

/* eslint-disable no-console, no-restricted-syntax */

async function main() {
  const options = readOptions(process.env);
  const sandbox = await startSandbox({
    ...options,
    log: line => console.log(`sandbox: ${line}`),
  });
  console.log(
    [
      'The sandbox cluster is ready (a demo and a test double, on 127.0.0.1 only):',
      `  Kubernetes API  ${sandbox.kubernetesUrl}  (any bearer token)`,
      `  Gateway         ${sandbox.gatewayUrl}  (Host: checkout.shop.example)`,
      `  Control         ${sandbox.controlUrl}  (/metrics, /stats, /control/…)`,
      `  Prometheus      ${sandbox.prometheusUrl ?? 'not running'}`,
      `  State           ${options.stateFile ?? 'in memory only'}`,
    ].join('\n'),
  );
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    console.log(`sandbox: ${signal}, stopping`);
    await sandbox.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => void stop(signal));
  }
}

main().catch(error => {
  console.error(`sandbox: ${error.message}`);
  process.exit(1);
});
