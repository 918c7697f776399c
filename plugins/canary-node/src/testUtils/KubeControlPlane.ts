import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './freePort';
import { ServerProcess } from './ServerProcess';

/** Controllers of the kube-controller-manager, by its own names for them. */
type Controllers = readonly string[];

/**
 * The programs of a Kubernetes control plane, from a folder, as processes of
 * ours: `etcd`, `kube-apiserver` with RBAC, and on demand the
 * `kube-controller-manager`. No kubelet: pods are objects, nobody runs them.
 */
export class KubeControlPlane {
  /** Of a user who may do everything. */
  readonly token = randomUUID();
  private etcd!: ServerProcess;
  private apiServer!: ServerProcess;
  private controllerManager?: ServerProcess;

  private constructor(
    private readonly assets: string,
    private readonly folder: string,
    private readonly ports: { etcd: number; peer: number; api: number },
    private readonly controllers: Controllers | undefined,
  ) {}

  /**
   * @param assets - the folder that `KUBEBUILDER_ASSETS` names
   * @param controllers - those that run; without any, every namespace is taken
   *   to exist and pods need no service account
   */
  static async start(
    assets: string,
    controllers?: Controllers,
  ): Promise<KubeControlPlane> {
    const [etcd, peer, api] = await Promise.all([
      freePort(),
      freePort(),
      freePort(),
    ]);
    const plane = new KubeControlPlane(
      assets,
      await mkdtemp(path.join(tmpdir(), 'kube-control-plane-')),
      { etcd, peer, api },
      controllers,
    );
    try {
      await plane.writeFiles();
      plane.startEtcd();
      await plane.startApiServer();
      if (controllers) plane.startControllers(controllers);
      return plane;
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  get url(): string {
    return `https://127.0.0.1:${this.ports.api}`;
  }

  /** PEM file of the certificate the API server shows. */
  get caFile(): string {
    return this.file('certificates/apiserver.crt');
  }

  /** Starts the API server, or another one after `killApiServer`, on the same objects. */
  async startApiServer(): Promise<void> {
    this.apiServer = new ServerProcess(this.assets, 'kube-apiserver', {
      'etcd-servers': this.etcdUrl,
      'bind-address': '127.0.0.1',
      'secure-port': String(this.ports.api),
      'cert-dir': this.file('certificates'),
      'token-auth-file': this.file('tokens.csv'),
      'authorization-mode': 'RBAC',
      'service-cluster-ip-range': '10.96.0.0/16',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': this.file('service-accounts.pem'),
      'service-account-signing-key-file': this.file('service-accounts.pem'),
      // Without controllers pods would wait for an account that nobody makes,
      // and every test for its namespace.
      ...(!this.controllers && {
        'disable-admission-plugins': 'ServiceAccount,NamespaceLifecycle',
      }),
    });
    await this.apiServer.untilReady(() => isReady(this.ports.api));
  }

  /** Ends the API server as a power cut would; what it kept is in etcd. */
  async killApiServer(): Promise<void> {
    await this.apiServer.kill();
  }

  /** Starts the controllers anew: after an outage they look again at once, and do not back off. */
  async restartControllers(): Promise<void> {
    if (!this.controllers) return;
    await this.controllerManager?.kill();
    this.startControllers(this.controllers);
  }

  /** Ends all of it, and forgets all of it. */
  async stop(): Promise<void> {
    await Promise.all(
      [this.controllerManager, this.apiServer, this.etcd].map(one =>
        one?.kill(),
      ),
    );
    await rm(this.folder, { recursive: true, force: true });
  }

  private get etcdUrl() {
    return `http://127.0.0.1:${this.ports.etcd}`;
  }

  private file(name: string) {
    return path.join(this.folder, name);
  }

  private async writeFiles() {
    await writeFile(
      this.file('tokens.csv'),
      `${this.token},contract,contract,"system:masters"\n`,
    );
    await writeFile(
      this.file('service-accounts.pem'),
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        type: 'pkcs1',
        format: 'pem',
      }),
    );
    // As a kubeconfig: JSON is YAML.
    await writeFile(
      this.file('controllers.kubeconfig'),
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [
          {
            name: 'own',
            cluster: { server: this.url, 'certificate-authority': this.caFile },
          },
        ],
        users: [{ name: 'own', user: { token: this.token } }],
        contexts: [{ name: 'own', context: { cluster: 'own', user: 'own' } }],
        'current-context': 'own',
      }),
    );
  }

  private startEtcd() {
    const peerUrl = `http://127.0.0.1:${this.ports.peer}`;
    this.etcd = new ServerProcess(this.assets, 'etcd', {
      'data-dir': this.file('etcd'),
      'listen-client-urls': this.etcdUrl,
      'advertise-client-urls': this.etcdUrl,
      'listen-peer-urls': peerUrl,
      'initial-advertise-peer-urls': peerUrl,
      'initial-cluster': `default=${peerUrl}`,
    });
  }

  private startControllers(controllers: Controllers) {
    this.controllerManager = new ServerProcess(
      this.assets,
      'kube-controller-manager',
      {
        kubeconfig: this.file('controllers.kubeconfig'),
        controllers: controllers.join(','),
        'leader-elect': 'false',
        port: '0',
        'secure-port': '0',
        'root-ca-file': this.caFile,
        'service-account-private-key-file': this.file('service-accounts.pem'),
        'kube-api-qps': '200',
        'kube-api-burst': '400',
        // An autoscaler looks every second, and believes what it sees.
        'horizontal-pod-autoscaler-sync-period': '1s',
        'horizontal-pod-autoscaler-downscale-stabilization': '0s',
        'horizontal-pod-autoscaler-cpu-initialization-period': '0s',
        'horizontal-pod-autoscaler-initial-readiness-delay': '0s',
      },
    );
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
