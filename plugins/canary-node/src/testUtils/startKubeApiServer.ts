import { KubeControlPlane } from './KubeControlPlane';

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
  const plane = await KubeControlPlane.start(assets);
  const { url, token, caFile } = plane;
  return { url, token, caFile, stop: () => plane.stop() };
}
