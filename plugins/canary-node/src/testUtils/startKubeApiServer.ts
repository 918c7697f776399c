import { ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A kube-apiserver of one's own, and how to reach it. @public */
export interface KubeApiServer {
  readonly url: string;
  /** Of a user who may do everything. */
  readonly token: string;
  /** PEM file of the certificate the server shows. */
  readonly caFile: string;
  stop(): Promise<void>;
}

/**
 * Starts `etcd` and `kube-apiserver` from a folder, as envtest does, without
 * any controller: objects are kept and validated, nothing runs. Every namespace
 * is taken to exist.
 *
 * @param assets - the folder that `KUBEBUILDER_ASSETS` names
 * @public
 */
export async function startKubeApiServer(
  assets: string,
): Promise<KubeApiServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kube-apiserver-'));
  const token = randomUUID();
  const tokenFile = path.join(folder, 'tokens.csv');
  const keyFile = path.join(folder, 'service-accounts.pem');
  await writeFile(tokenFile, `${token},contract,contract,"system:masters"\n`);
  await writeFile(
    keyFile,
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs1',
      format: 'pem',
    }),
  );
  const [clientPort, peerPort, port] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
  ]);
  const etcdUrl = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  const children = [
    run(assets, 'etcd', {
      'data-dir': path.join(folder, 'etcd'),
      'listen-client-urls': etcdUrl,
      'advertise-client-urls': etcdUrl,
      'listen-peer-urls': peerUrl,
      'initial-advertise-peer-urls': peerUrl,
      'initial-cluster': `default=${peerUrl}`,
    }),
    run(assets, 'kube-apiserver', {
      'etcd-servers': etcdUrl,
      'bind-address': '127.0.0.1',
      'secure-port': String(port),
      'cert-dir': path.join(folder, 'certificates'),
      'token-auth-file': tokenFile,
      'authorization-mode': 'RBAC',
      'service-cluster-ip-range': '10.96.0.0/16',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': keyFile,
      'service-account-signing-key-file': keyFile,
      // Pods would wait for an account that no controller makes here, and
      // every test for its namespace.
      'disable-admission-plugins': 'ServiceAccount,NamespaceLifecycle',
    }),
  ];
  const server: KubeApiServer = {
    url: `https://127.0.0.1:${port}`,
    token,
    caFile: path.join(folder, 'certificates', 'apiserver.crt'),
    async stop() {
      await Promise.all(children.map(child => child.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await waitUntilReady(children, port);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

interface Child {
  readonly name: string;
  readonly process: ChildProcess;
  /** The last it wrote, for the message when it ends too soon. */
  readonly said: () => string;
  stop(): Promise<void>;
}

function run(
  assets: string,
  name: string,
  flags: Readonly<Record<string, string>>,
): Child {
  const child = spawn(
    path.join(assets, name),
    Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', text => {
    said = (said + text).slice(-2_000);
  });
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    name,
    process: child,
    said: () => said,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function waitUntilReady(children: readonly Child[], port: number) {
  const giveUpAt = Date.now() + 60_000;
  for (;;) {
    const ended = children.find(({ process }) => process.exitCode !== null);
    if (ended) throw new Error(`${ended.name} ended: ${ended.said()}`);
    if (children.every(({ process }) => process.pid) && (await isReady(port))) {
      return;
    }
    if (Date.now() > giveUpAt) {
      throw new Error(`kube-apiserver is not ready: ${children[1].said()}`);
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** Whether it says so itself; whose certificate it shows does not matter yet. */
function isReady(port: number): Promise<boolean> {
  return new Promise(resolve => {
    https
      .get(
        {
          host: '127.0.0.1',
          port,
          path: '/readyz',
          rejectUnauthorized: false,
          agent: false,
        },
        response => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      )
      .on('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('No free port was found')),
      );
    });
  });
}
