import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- no module author needs the controllers
import { KubeControlPlane } from '../../../plugins/canary-node/src/testUtils/KubeControlPlane';
import { Gateway } from './Gateway';
import { KubeClient, KubeObject } from './KubeClient';
import { Kubelet } from './Kubelet';
import { loadCrds } from './loadCrds';

/** What runs of Kubernetes; the names are its own. */
const CONTROLLERS = [
  'deployment',
  'replicaset',
  'endpoint',
  'endpointslice',
  'garbagecollector',
  'horizontalpodautoscaling',
  'resourcequota',
  'disruption',
  'namespace',
  'serviceaccount',
  'serviceaccount-token',
];

const RBAC = path.resolve(__dirname, '../../../docs/kubernetes-rbac.yaml');
/** Where the backend's account lives. */
const HOME = 'backstage';

const rbac = new Map<string, KubeObject>(
  parseAllDocuments(readFileSync(RBAC, 'utf8')).map(document => {
    const object = document.toJS();
    return [object.kind, object];
  }),
);

/**
 * A cluster of real parts: etcd, kube-apiserver with RBAC and admission, and the
 * controllers of the kube-controller-manager; a kubelet and a gateway's
 * controller of our own, since nothing has to run.
 */
export class RealCluster {
  private constructor(
    readonly plane: KubeControlPlane,
    readonly client: KubeClient,
    readonly kubelet: Kubelet,
    readonly gateway: Gateway,
    /** Of the backend's own account: it may do what our documentation says, and nothing else. */
    readonly portalToken: string,
  ) {}

  /**
   * @param assets - the folder that `KUBEBUILDER_ASSETS` names
   * @param options.asPublished - as `loadCrds` has it
   */
  static async start(
    assets: string,
    { asPublished = false } = {},
  ): Promise<RealCluster> {
    const plane = await KubeControlPlane.start(assets, CONTROLLERS);
    try {
      const client = new KubeClient(plane);
      await loadCrds(client, asPublished);
      const kubelet = await Kubelet.start(client, ['node-a', 'node-b']);
      const gateway = new Gateway(client);
      const token = await createAccount(client);
      return new RealCluster(plane, client, kubelet, gateway, token);
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  /** Makes a namespace in which the backend may do what our documentation says. */
  async createNamespace(name: string): Promise<void> {
    await createNamespace(this.client, name);
    const { metadata, ...binding } = rbac.get('RoleBinding')!;
    const subjects = binding.subjects.map((subject: KubeObject) => ({
      ...subject,
      namespace: HOME,
    }));
    const roles = `/apis/rbac.authorization.k8s.io/v1/namespaces/${name}`;
    await this.client.create(`${roles}/roles`, rbac.get('Role')!);
    await this.client.create(`${roles}/rolebindings`, {
      ...binding,
      metadata,
      subjects,
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.kubelet.stop(), this.gateway.stop()]);
    this.client.close();
    await this.plane.stop();
  }
}

async function createNamespace(client: KubeClient, name: string) {
  await client.create('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
}

async function createAccount(client: KubeClient): Promise<string> {
  await createNamespace(client, HOME);
  const accounts = `/api/v1/namespaces/${HOME}/serviceaccounts`;
  const account = rbac.get('ServiceAccount')!;
  await client.create(accounts, account);
  const { status } = await client.create(
    `${accounts}/${account.metadata.name}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 24 * 60 * 60 },
    },
  );
  return status.token;
}
